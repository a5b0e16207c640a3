// Bodies of io/tar_format.hpp.
#ifndef ACRX_IO_IMPL_TAR_FORMAT_IPP
#define ACRX_IO_IMPL_TAR_FORMAT_IPP
#include <acrx/io/tar_format.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

namespace acrx::detail {
ACRX_DECL bool tar_header::is_zero() const
{
    return std::all_of(block_.begin(), block_.end(), [](char c) { return c == '\0'; });
}

ACRX_DECL bool tar_header::is_sound() const
{
    auto const stored = field(148, 8);
    auto const digits = stored.find_first_of("01234567");
    auto const told = to_number(stored);
    if (digits == std::string_view::npos || !told)
        return false;
    std::int64_t plain = 8 * ' ';
    std::int64_t with_sign = 8 * ' ';
    for (std::size_t i = 0; i < block_.size(); ++i) {
        if (i >= 148 && i < 156)
            continue;
        plain += static_cast<unsigned char>(block_[i]);
        with_sign += static_cast<signed char>(block_[i]);
    }
    return *told == plain || *told == with_sign;
}

ACRX_DECL std::string tar_header::name() const
{
    std::string result(text(0, 100));
    if (!is_posix())
        return result;
    // Star keeps times behind a shorter prefix and signs the block at its end.
    bool const is_star = field(508, 4) == std::string_view("tar\0", 4);
    auto const prefix = text(345, is_star ? 131 : 155);
    return prefix.empty() ? result : std::string(prefix) + '/' + result;
}

ACRX_DECL std::optional<std::int64_t> tar_header::to_number(std::string_view field)
{
    auto const first = field.empty() ? 0U : static_cast<unsigned char>(field[0]);
    if ((first & 0x80U) != 0) {
        bool const negative = (first & 0x40U) != 0;
        std::uint64_t value = negative ? ~std::uint64_t(0) : 0;
        for (std::size_t i = 0; i < field.size(); ++i) {
            auto byte = static_cast<unsigned char>(field[i]);
            if (i == 0)
                byte = static_cast<unsigned char>(negative ? (byte | 0x80U) : (byte & 0x7fU));
            // What is shifted out must be nothing but the sign.
            if ((value >> 55U) != (negative ? 0x1ffU : 0U))
                return std::nullopt;
            value = value << 8U | byte;
        }
        return static_cast<std::int64_t>(value);
    }
    auto const from = field.find_first_not_of(std::string_view(" \0", 2));
    if (from == std::string_view::npos)
        return 0;
    field.remove_prefix(from);
    field = field.substr(0, field.find_first_of(std::string_view(" \0", 2)));
    std::int64_t value = 0;
    auto const [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value, 8);
    if (failure != std::errc{} || end != field.data() + field.size() || value < 0)
        return std::nullopt;
    return value;
}

ACRX_DECL std::optional<std::uint64_t> parse_decimal(std::string_view text)
{
    std::uint64_t value = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size()
        || value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    return value;
}

ACRX_DECL std::optional<pax_records> parse_pax(std::string_view body)
{
    pax_records records;
    while (!body.empty() && body.front() != '\0') {
        auto const blank = body.find(' ');
        if (blank == std::string_view::npos || blank > 20)
            return std::nullopt;
        auto const length = parse_decimal(body.substr(0, blank));
        if (!length || *length < blank + 3 || *length > body.size() || body[*length - 1] != '\n')
            return std::nullopt;
        auto const record = body.substr(blank + 1, *length - blank - 2);
        auto const equals = record.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return std::nullopt;
        records.emplace_back(record.substr(0, equals), record.substr(equals + 1));
        body.remove_prefix(*length);
    }
    return records;
}

ACRX_DECL time_point clamp_seconds(std::int64_t seconds, std::int64_t nanoseconds)
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 1'000'000'000 - 1;
    auto const within = std::clamp(seconds, -most, most);
    return time_point(std::chrono::seconds(within) + std::chrono::nanoseconds(within == seconds ? nanoseconds : 0));
}

ACRX_DECL std::optional<time_point> parse_pax_time(std::string_view text)
{
    bool const negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    auto const point = text.find('.');
    auto const whole = parse_decimal(text.substr(0, point));
    if (!whole)
        return std::nullopt;
    std::string fraction(point == std::string_view::npos ? std::string_view{} : text.substr(point + 1));
    if (fraction.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    fraction.resize(9, '0');
    auto const nanoseconds = static_cast<std::int64_t>(*parse_decimal(fraction));
    auto const seconds = static_cast<std::int64_t>(*whole);
    return negative ? clamp_seconds(-seconds, -nanoseconds) : clamp_seconds(seconds, nanoseconds);
}

ACRX_DECL std::optional<std::string> decode_base64(std::string_view text)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (!text.empty() && (text.back() == '=' || text.back() == '\n'))
        text.remove_suffix(1);
    std::string bytes;
    unsigned bits = 0;
    unsigned count = 0;
    for (char c : text) {
        auto const digit = digits.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6U | static_cast<unsigned>(digit)) & 0xffffU;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count & 0xffU);
    }
    return bytes;
}

ACRX_DECL std::string decode_percent(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        auto const* hex = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() && std::from_chars(hex, hex + 2, value, 16).ptr == hex + 2) {
            plain += static_cast<char>(value);
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}
}  // namespace acrx::detail
#endif
