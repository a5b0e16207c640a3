// Base64 with padding (RFC 4648, 4).
#ifndef ACRX_CORE_BASE64_HPP
#define ACRX_CORE_BASE64_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace acrx {
inline std::string to_base64(std::string_view bytes)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const at = [&](std::size_t k) {
            return i + k < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[i + k])) : 0U;
        };
        auto const group = at(0) << 16 | at(1) << 8 | at(2);
        text += alphabet[group >> 18];
        text += alphabet[group >> 12 & 63];
        text += i + 1 < bytes.size() ? alphabet[group >> 6 & 63] : '=';
        text += i + 2 < bytes.size() ? alphabet[group & 63] : '=';
    }
    return text;
}

/// The bytes; line ends in the text do not count. Nothing if it is no base64, or its padding is missing.
inline std::optional<std::string> from_base64(std::string_view text)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    std::size_t digits = 0;
    std::size_t padding = 0;
    for (char const c : text) {
        if (c == '\r' || c == '\n')
            continue;
        auto const digit = alphabet.find(c);
        if (c == '=' ? ++padding > 2 : digit == alphabet.npos || padding != 0)
            return std::nullopt;
        if (c == '=')
            continue;
        bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xffffU;
        if (++digits % 4 != 1)
            bytes += static_cast<char>(bits >> (6 - 2 * ((digits - 1) % 4)) & 0xffU);
    }
    if (digits % 4 == 1 || (digits + padding) % 4 != 0)
        return std::nullopt;
    return bytes;
}
}  // namespace acrx
#endif
