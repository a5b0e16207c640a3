// Characters as Go sees them: UTF-8, categories, case.
#ifndef ACRX_TEMPLATING_DETAIL_UNICODE_HPP
#define ACRX_TEMPLATING_DETAIL_UNICODE_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
/// What stands for bytes that are no UTF-8.
inline constexpr char32_t replacement = 0xFFFD;

/// A character and how many bytes it takes.
struct rune
{
    char32_t c = replacement;
    std::size_t size = 1;

    bool is_bad_byte() const noexcept { return c == replacement && size == 1; }
};

/// The first character of a text that is not empty; a byte that is no UTF-8 is `replacement` of size 1.
ACRX_DECL rune first_rune(std::string_view text) noexcept;
/// The last character of a text that is not empty.
ACRX_DECL rune last_rune(std::string_view text) noexcept;
/// Appends as UTF-8; what is no character becomes `replacement`.
ACRX_DECL void put_rune(std::string& out, char32_t c);
ACRX_DECL std::size_t count_runes(std::string_view text) noexcept;
/// Every bad byte replaced by `replacement`, as a round trip through []rune does.
ACRX_DECL std::u32string to_runes(std::string_view text);
ACRX_DECL std::string to_utf8(std::u32string_view runes);

/// The general category, e.g. `Lu`.
ACRX_DECL std::string_view category(char32_t c) noexcept;
ACRX_DECL char32_t to_upper(char32_t c) noexcept;
ACRX_DECL char32_t to_lower(char32_t c) noexcept;

inline bool is_letter(char32_t c) noexcept
{
    return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : category(c)[0] == 'L';
}
inline bool is_digit(char32_t c) noexcept { return c < 0x80 ? c >= '0' && c <= '9' : category(c) == "Nd"; }
inline bool is_upper(char32_t c) noexcept { return c < 0x80 ? c >= 'A' && c <= 'Z' : category(c) == "Lu"; }
inline bool is_lower(char32_t c) noexcept { return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == "Ll"; }
inline bool is_punctuation(char32_t c) noexcept { return category(c)[0] == 'P'; }
ACRX_DECL bool is_space(char32_t c) noexcept;
/// Letters, marks, numbers, punctuation, symbols and the ASCII space.
ACRX_DECL bool is_print(char32_t c) noexcept;

/// `text` between Go's quotes. @param ascii_only  writes the rest as `\u` @param quote  `"` or `'`
ACRX_DECL std::string go_quoted(std::string_view text, bool ascii_only = false, char quote = '"');
/// Reads what Go's quotes or back quotes hold, quotes included; false if it is malformed.
ACRX_DECL bool unquote(std::string_view literal, std::string& text);

ACRX_DECL std::string upper(std::string_view text);
ACRX_DECL std::string lower(std::string_view text);
/// Without white space at both ends.
ACRX_DECL std::string_view trim_space(std::string_view text) noexcept;
/// The first place of `part` in `text` from `from` on, in linear time; npos if there is none.
ACRX_DECL std::size_t find_text(std::string_view text, std::string_view part, std::size_t from = 0) noexcept;
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/unicode.ipp>
#endif
#endif
