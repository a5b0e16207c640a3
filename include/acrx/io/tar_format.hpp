// The fields of a tar header block (POSIX.1-1988 ustar, GNU, V7) and the records of a pax header.
#ifndef ACRX_IO_TAR_FORMAT_HPP
#define ACRX_IO_TAR_FORMAT_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
constexpr std::size_t tar_block = 512;

/// A header block, seen through its fields.
class tar_header
{
public:
    explicit tar_header(std::span<std::byte const> block)
        : block_(reinterpret_cast<char const*>(block.data()), tar_block)
    {}

    ACRX_DECL bool is_zero() const;
    /// Whether the check sum is right, summed over unsigned or, as some old writers did, signed characters.
    ACRX_DECL bool is_sound() const;
    bool is_posix() const { return field(257, 6) == std::string_view("ustar\0", 6); }
    bool is_gnu() const { return field(257, 8) == std::string_view("ustar  \0", 8); }

    std::string_view field(std::size_t offset, std::size_t size) const { return block_.substr(offset, size); }
    std::string_view text(std::size_t offset, std::size_t size) const
    {
        auto const whole = field(offset, size);
        return whole.substr(0, whole.find('\0'));
    }
    /// Octal digits or GNU base 256; nothing if it is neither. Blank is 0.
    std::optional<std::int64_t> number(std::size_t offset, std::size_t size) const
    {
        return to_number(field(offset, size));
    }
    char type() const { return block_[156]; }
    /// The name with the prefix that ustar keeps apart.
    ACRX_DECL std::string name() const;

    static ACRX_DECL std::optional<std::int64_t> to_number(std::string_view field);

private:
    std::string_view block_;
};

using pax_records = std::vector<std::pair<std::string, std::string>>;
/// The records of a pax header in their order; nothing if they are malformed.
ACRX_DECL std::optional<pax_records> parse_pax(std::string_view body);
/// A decimal number; nothing if it is none or too large.
ACRX_DECL std::optional<std::uint64_t> parse_decimal(std::string_view text);
/// Seconds with a fraction and perhaps a sign; clamped to what a `time_point` can say.
ACRX_DECL std::optional<time_point> parse_pax_time(std::string_view text);
ACRX_DECL time_point clamp_seconds(std::int64_t seconds, std::int64_t nanoseconds = 0);
ACRX_DECL std::optional<std::string> decode_base64(std::string_view text);
ACRX_DECL std::string decode_percent(std::string_view text);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/tar_format.ipp>
#endif
#endif
