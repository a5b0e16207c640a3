// Bodies of dockerfile/detail/text.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_TEXT_IPP
#define ACRX_DOCKERFILE_IMPL_TEXT_IPP
#include <acrx/dockerfile/detail/text.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace acrx::dockerfile::detail {
ACRX_DECL code_point first_code_point(std::string_view text) noexcept
{
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const lead = byte(0);
    if (lead < 0x80)
        return {lead, 1, true};
    std::size_t const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length)
        return {};
    char32_t value = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80)
            return {};
        value = (value << 6) | (byte(i) & 0x3fU);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return {};
    return {value, length, true};
}

ACRX_DECL void append_utf8(std::string& text, char32_t c)
{
    auto const tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((c >> shift) & 0x3fU)); };
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xc0U | (c >> 6));
        tail(0);
    } else if (c < 0x10000) {
        text += static_cast<char>(0xe0U | (c >> 12));
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xf0U | (c >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

ACRX_DECL bool is_space(char32_t c) noexcept
{
    return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a)
           || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

ACRX_DECL bool is_letter(char32_t c) noexcept
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c < 0xc0)
        return c == 0xaa || c == 0xb5 || c == 0xba;
    constexpr std::pair<char32_t, char32_t> others[] = {
        {0xd7, 0xd7},     {0xf7, 0xf7},     {0x300, 0x36f},   {0x2000, 0x206f}, {0x20a0, 0x20cf},     {0x2190, 0x2bff},
        {0x3000, 0x3004}, {0x3007, 0x3030}, {0xd800, 0xf8ff}, {0xfe00, 0xfe6f}, {0xff00, 0xff20}, {0xfff0, 0xffff},
        {0x1f000, 0x1faff}};
    return std::none_of(std::begin(others), std::end(others), [&](auto r) { return c >= r.first && c <= r.second; });
}

ACRX_DECL std::string_view trim_left(std::string_view text) noexcept
{
    while (!text.empty()) {
        auto const c = first_code_point(text);
        if (!is_space(c.value))
            break;
        text.remove_prefix(c.length);
    }
    return text;
}

ACRX_DECL std::string_view trim_right(std::string_view text) noexcept
{
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && text.size() - start < 4 && (static_cast<unsigned char>(text[start]) & 0xc0U) == 0x80)
            --start;
        auto const c = first_code_point(text.substr(start));
        if (!is_space(c.value) || start + c.length != text.size())
            break;
        text.remove_suffix(c.length);
    }
    return text;
}

ACRX_DECL std::string_view trim(std::string_view text) noexcept
{
    return trim_right(trim_left(text));
}

ACRX_DECL std::vector<std::string> split_blanks(std::string_view text)
{
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_blank(text[i]))
            words.back() += text[i];
        else if (i == 0 || !is_blank(text[i - 1]))
            words.emplace_back();
    }
    return words;
}

}  // namespace acrx::dockerfile::detail
#endif
