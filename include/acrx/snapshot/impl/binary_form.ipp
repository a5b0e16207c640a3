// Bodies of snapshot/detail/binary_form.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_BINARY_FORM_IPP
#define ACRX_SNAPSHOT_IMPL_BINARY_FORM_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/binary_form.hpp>

#include <isa-l/crc.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace acrx::detail {
constexpr std::size_t envelope_size = 24;

inline std::uint32_t crc_of(std::string_view bytes)
{
    return ::crc32_gzip_refl(0, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
}

inline void append_little_endian(std::string& to, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        to += static_cast<char>(value >> (8 * i) & 0xffU);
}

inline std::uint64_t little_endian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(bytes[i]);
    return value;
}

ACRX_DECL void binary_writer::number(std::uint64_t value)
{
    for (; value >= 0x80U; value >>= 7U)
        payload_ += static_cast<char>((value & 0x7fU) | 0x80U);
    payload_ += static_cast<char>(value);
}

ACRX_DECL std::string binary_writer::in_envelope(std::string_view magic, std::uint32_t version) const
{
    std::string whole;
    whole.reserve(envelope_size + payload_.size());
    whole += magic;
    append_little_endian(whole, version, 4);
    append_little_endian(whole, crc_of(payload_), 4);
    append_little_endian(whole, payload_.size(), 8);
    return whole += payload_;
}

ACRX_DECL binary_reader::binary_reader(std::string_view whole, std::string_view magic, std::uint32_t version,
                                       std::string doing)
    : doing_(std::move(doing))
{
    if (whole.size() < envelope_size || !whole.starts_with(magic))
        fail();
    if (little_endian(whole.substr(8, 4)) != version)
        throw error(errc::damaged, doing_ + ": it is of another version");
    rest_ = whole.substr(envelope_size);
    if (little_endian(whole.substr(16, 8)) != rest_.size() || little_endian(whole.substr(12, 4)) != crc_of(rest_))
        fail();
}

ACRX_DECL std::uint64_t binary_reader::long_number()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        auto const byte = static_cast<unsigned char>(bytes(1).front());
        value |= std::uint64_t(byte & 0x7fU) << shift;
        if (byte < 0x80U)
            return value;
    }
    fail();
}

ACRX_DECL sha256_bytes binary_reader::hash()
{
    sha256_bytes value;
    std::memcpy(value.data(), bytes(value.size()).data(), value.size());
    return value;
}

ACRX_DECL std::size_t binary_reader::count(std::size_t least)
{
    auto const value = number();
    if (value > rest_.size() / least)
        fail();
    return static_cast<std::size_t>(value);
}

ACRX_DECL void binary_reader::fail() const
{
    throw error(errc::damaged, doing_);
}
}  // namespace acrx::detail
#endif
