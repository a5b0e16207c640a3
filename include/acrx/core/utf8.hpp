// Makes UTF-8 of bytes that may be none (RFC 3629).
#ifndef ACRX_CORE_UTF8_HPP
#define ACRX_CORE_UTF8_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace acrx {
namespace detail {
/// The bytes of the character that the text begins with; 0 if it begins with none (RFC 3629, 4).
inline std::size_t length_of_character(std::string_view text)
{
    int const first = static_cast<unsigned char>(text.front());
    auto const is_in = [&](std::size_t at, int low, int high) {
        int const byte = at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
        return byte >= low && byte <= high;
    };
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    int const low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int const high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    std::size_t const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    bool is_whole = is_in(1, low, high);
    for (std::size_t at = 2; at < length; ++at)
        is_whole = is_whole && is_in(at, 0x80, 0xbf);
    return is_whole ? length : 0;
}
}  // namespace detail

/// The text with U+FFFD in place of each byte that is no part of a character: JSON has to be UTF-8, paths need not be.
inline std::string as_utf8(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        auto const length = detail::length_of_character(text);
        result += length == 0 ? "\xef\xbf\xbd" : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result;
}
}  // namespace acrx
#endif
