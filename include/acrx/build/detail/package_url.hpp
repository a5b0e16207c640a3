// What package URLs are written with (package-url/purl-spec).
#ifndef ACRX_BUILD_DETAIL_PACKAGE_URL_HPP
#define ACRX_BUILD_DETAIL_PACKAGE_URL_HPP

#include <string>
#include <string_view>

namespace acrx::detail {
/// All but letters, digits and `-._~` as `%XX`.
inline std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    for (char c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos)
            encoded += c;
        else
            (encoded += '%').append({hex[byte >> 4U], hex[byte & 15U]});
    }
    return encoded;
}
}  // namespace acrx::detail
#endif
