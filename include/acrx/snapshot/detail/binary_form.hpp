// Writes and reads the compact binary forms of the room: numbers of variable length, and an envelope with a check sum.
#ifndef ACRX_SNAPSHOT_DETAIL_BINARY_FORM_HPP
#define ACRX_SNAPSHOT_DETAIL_BINARY_FORM_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace acrx::detail {
/// Appends values to a payload. The envelope, little endian: 8 bytes magic, u32 version, u32 CRC-32 and u64 length of
/// the payload, the payload.
class binary_writer
{
public:
    /// LEB128: seven bits a byte, the lowest first.
    ACRX_DECL void number(std::uint64_t value);
    /// The same for numbers of either sign, small ones short.
    void signed_number(std::int64_t value)
    {
        auto const bits = static_cast<std::uint64_t>(value);
        number(bits << 1U ^ (value < 0 ? ~std::uint64_t(0) : 0));
    }
    void bytes(std::string_view raw) { payload_ += raw; }
    /// Length and bytes.
    void text(std::string_view value)
    {
        number(value.size());
        payload_ += value;
    }
    void hash(sha256_bytes const& value)
    {
        payload_.append(reinterpret_cast<char const*>(value.data()), value.size());
    }
    /// @param magic  8 bytes
    ACRX_DECL std::string in_envelope(std::string_view magic, std::uint32_t version) const;

private:
    std::string payload_;
};

/// Reads them back; every read is checked.
class binary_reader
{
public:
    /// Opens the envelope. @param doing  for error texts
    /// @throws error (`errc::damaged`) if it is cut short, changed or of another version
    ACRX_DECL binary_reader(std::string_view whole, std::string_view magic, std::uint32_t version, std::string doing);

    std::uint64_t number()
    {
        if (!rest_.empty() && static_cast<unsigned char>(rest_.front()) < 0x80U)
            return static_cast<unsigned char>(bytes(1).front());
        return long_number();
    }
    /// A number that fits 32 bits.
    std::uint32_t number32()
    {
        auto const value = number();
        if (value > 0xffffffffU)
            fail();
        return static_cast<std::uint32_t>(value);
    }
    std::int64_t signed_number()
    {
        auto const bits = number();
        return static_cast<std::int64_t>(bits >> 1U ^ ((bits & 1U) != 0 ? ~std::uint64_t(0) : 0));
    }
    std::string_view bytes(std::uint64_t size)
    {
        if (size > rest_.size())
            fail();
        auto const taken = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(taken.size());
        return taken;
    }
    std::string_view text() { return bytes(number()); }
    ACRX_DECL sha256_bytes hash();
    /// How many things follow. @param least  bytes that each takes at least; guards what is reserved for them
    ACRX_DECL std::size_t count(std::size_t least);
    /// To be called after the last value.
    void end() const
    {
        if (!rest_.empty())
            fail();
    }
    [[noreturn]] ACRX_DECL void fail() const;

private:
    ACRX_DECL std::uint64_t long_number();

    std::string_view rest_;
    std::string doing_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/binary_form.ipp>
#endif
#endif
