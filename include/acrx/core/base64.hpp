// Base64 for header fields (RFC 4648, 4).
#ifndef ACRX_CORE_BASE64_HPP
#define ACRX_CORE_BASE64_HPP

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
}  // namespace acrx
#endif
