// Bodies of templating/detail/unicode.hpp.
#ifndef ACRX_TEMPLATING_IMPL_UNICODE_IPP
#define ACRX_TEMPLATING_IMPL_UNICODE_IPP
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/detail/unicode_case.hpp>
#include <acrx/templating/detail/unicode_categories.hpp>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <vector>

namespace acrx::templating::detail {
ACRX_DECL rune first_rune(std::string_view text) noexcept
{
    auto const at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const lead = at(0);
    if (lead < 0x80)
        return {lead, 1};
    std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size)
        return {};
    char32_t c = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((at(i) & 0xC0U) != 0x80)
            return {};
        c = c << 6 | (at(i) & 0x3FU);
    }
    auto const too_long = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
    if (too_long || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF)
        return {};
    return {c, size};
}

ACRX_DECL rune last_rune(std::string_view text) noexcept
{
    for (std::size_t size = std::min<std::size_t>(4, text.size()); size > 1; --size)
        if (auto const r = first_rune(text.substr(text.size() - size)); r.size == size)
            return r;
    return first_rune(text.substr(text.size() - 1));
}

ACRX_DECL void put_rune(std::string& out, char32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = replacement;
    auto const put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
        return;
    }
    if (c < 0x800) {
        put(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            put(0xE0 | c >> 12);
        } else {
            put(0xF0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3F));
        }
        put(0x80 | (c >> 6 & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

ACRX_DECL std::size_t count_runes(std::string_view text) noexcept
{
    std::size_t count = 0;
    for (; !text.empty(); text.remove_prefix(first_rune(text).size))
        ++count;
    return count;
}

ACRX_DECL std::u32string to_runes(std::string_view text)
{
    std::u32string runes;
    runes.reserve(text.size());
    while (!text.empty()) {
        auto const r = first_rune(text);
        runes += r.c;
        text.remove_prefix(r.size);
    }
    return runes;
}

ACRX_DECL std::string to_utf8(std::u32string_view runes)
{
    std::string text;
    text.reserve(runes.size());
    for (char32_t const c : runes)
        put_rune(text, c);
    return text;
}

/// Where a run of characters of one category begins.
struct category_start
{
    char32_t first;
    std::size_t name;
};

inline std::vector<category_start> read_category_runs()
{
    std::vector<category_start> runs;
    char32_t first = 0;
    char32_t distance = 0;
    for (char const c : category_runs) {
        if (c >= '0' && c <= '9') {
            distance = distance * 36 + static_cast<char32_t>(c - '0');
        } else if (c >= 'a' && c <= 'z') {
            distance = distance * 36 + static_cast<char32_t>(c - 'a' + 10);
        } else {
            first += distance;
            distance = 0;
            runs.push_back({first, category_signs.find(c)});
        }
    }
    return runs;
}

ACRX_DECL std::string_view category(char32_t c) noexcept
{
    static std::vector<category_start> const runs = read_category_runs();
    if (c > 0x10FFFF)
        return "Cn";
    auto const after = std::upper_bound(runs.begin(), runs.end(), c,
                                        [](char32_t value, category_start const& r) { return value < r.first; });
    auto const& run = *std::prev(after);
    auto const name = category_names[run.name];
    if (name == "UL")
        return (c - run.first) % 2 == 0 ? "Lu" : "Ll";
    if (name == "LU")
        return (c - run.first) % 2 == 0 ? "Ll" : "Lu";
    return name;
}

template<std::size_t N>
char32_t map_case(case_run const (&runs)[N], char32_t c) noexcept
{
    auto const found = std::lower_bound(std::begin(runs), std::end(runs), c,
                                        [](case_run const& r, char32_t value) { return r.last < value; });
    if (found == std::end(runs) || c < found->first || (c - found->first) % static_cast<char32_t>(found->step) != 0)
        return c;
    return static_cast<char32_t>(static_cast<std::int32_t>(c) + found->delta);
}

ACRX_DECL char32_t to_upper(char32_t c) noexcept
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    return map_case(upper_runs, c);
}

ACRX_DECL char32_t to_lower(char32_t c) noexcept
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return map_case(lower_runs, c);
}

ACRX_DECL bool is_space(char32_t c) noexcept
{
    if (c < 0x100)
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0;
    return category(c)[0] == 'Z';
}

ACRX_DECL bool is_print(char32_t c) noexcept
{
    if (c < 0x80)
        return c >= ' ' && c < 0x7F;
    auto const group = category(c)[0];
    return group != 'C' && group != 'Z';
}

ACRX_DECL std::string go_quoted(std::string_view text, bool ascii_only, char quote)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out(1, quote);
    auto const put_hex = [&](char32_t c, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
            out += hex[c >> shift & 15];
    };
    while (!text.empty()) {
        auto const r = first_rune(text);
        auto const letters = text.substr(0, r.size);
        text.remove_prefix(r.size);
        constexpr std::string_view named = "\a\b\f\n\r\t\v";
        if (r.is_bad_byte()) {
            out += "\\x";
            put_hex(static_cast<unsigned char>(letters[0]), 2);
        } else if (r.c == static_cast<char32_t>(quote) || r.c == '\\') {
            out += '\\';
            out += letters;
        } else if (is_print(r.c) && (r.c < 0x80 || !ascii_only)) {
            out += letters;
        } else if (auto const name = named.find(letters[0]); r.c < 0x80 && name != named.npos) {
            out += '\\';
            out += "abfnrtv"[name];
        } else if (r.c < ' ' || r.c == 0x7F) {
            out += "\\x";
            put_hex(r.c, 2);
        } else {
            out += r.c < 0x10000 ? "\\u" : "\\U";
            put_hex(r.c, r.c < 0x10000 ? 4 : 8);
        }
    }
    return out + quote;
}

/// Reads one escape after its backslash; false if it is malformed.
inline bool read_escape(std::string_view& rest, char quote, std::string& out)
{
    constexpr std::string_view names = "abfnrtv\\";
    constexpr std::string_view means = "\a\b\f\n\r\t\v\\";
    if (rest.empty())
        return false;
    char const c = rest[0];
    rest.remove_prefix(1);
    if (auto const i = names.find(c); i != names.npos) {
        out += means[i];
        return true;
    }
    if (c == '\'' || c == '"') {
        out += c;
        return c == quote;
    }
    auto const digits = c == 'x' ? 2U : c == 'u' ? 4U : c == 'U' ? 8U : c >= '0' && c <= '7' ? 3U : 0U;
    auto const octal = digits == 3;
    if (digits == 0)
        return false;
    auto number = std::string(octal ? 1 : 0, c);
    auto const more = octal ? 2U : digits;
    number += rest.substr(0, more);
    if (number.size() != digits
        || number.find_first_not_of(octal ? "01234567" : "0123456789abcdefABCDEF") != number.npos)
        return false;
    rest.remove_prefix(more);
    auto const code = std::stoul(number, nullptr, octal ? 8 : 16);
    if (c != 'u' && c != 'U') {
        out += static_cast<char>(code);
        return code <= 255;
    }
    put_rune(out, static_cast<char32_t>(code));
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

ACRX_DECL bool unquote(std::string_view literal, std::string& text)
{
    text.clear();
    if (literal.size() < 2 || literal.front() != literal.back())
        return false;
    char const quote = literal.front();
    auto rest = literal.substr(1, literal.size() - 2);
    if (quote == '`') {
        for (char const c : rest)
            if (c != '\r')
                text += c;
        return rest.find('`') == rest.npos;
    }
    while (!rest.empty()) {
        char const c = rest[0];
        rest.remove_prefix(1);
        if (c == quote || c == '\n')
            return false;
        if (c != '\\')
            text += c;
        else if (!read_escape(rest, quote, text))
            return false;
    }
    return true;
}

template<class Map>
std::string map_runes(std::string_view text, Map map)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const r = first_rune(text);
        put_rune(out, map(r.c));
        text.remove_prefix(r.size);
    }
    return out;
}

ACRX_DECL std::string upper(std::string_view text)
{
    return map_runes(text, [](char32_t c) { return to_upper(c); });
}

ACRX_DECL std::string lower(std::string_view text)
{
    return map_runes(text, [](char32_t c) { return to_lower(c); });
}

ACRX_DECL std::string_view trim_space(std::string_view text) noexcept
{
    while (!text.empty() && is_space(first_rune(text).c))
        text.remove_prefix(first_rune(text).size);
    while (!text.empty() && is_space(last_rune(text).c))
        text.remove_suffix(last_rune(text).size);
    return text;
}

ACRX_DECL std::size_t find_text(std::string_view text, std::string_view part, std::size_t from) noexcept
{
    if (from > text.size())
        return text.npos;
    if (part.empty())
        return from;
    auto const* found = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
    return found ? static_cast<std::size_t>(static_cast<char const*>(found) - text.data()) : text.npos;
}
}  // namespace acrx::templating::detail
#endif
