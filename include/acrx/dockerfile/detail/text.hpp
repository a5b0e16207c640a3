// Small operations on text that the Dockerfile language shares with Go: code points, blanks, quoting.
#ifndef ACRX_DOCKERFILE_DETAIL_TEXT_HPP
#define ACRX_DOCKERFILE_DETAIL_TEXT_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile::detail {
struct code_point
{
    char32_t value = 0xfffd;
    std::size_t length = 1;  ///< bytes
    bool valid = false;
};

/// The first code point of `text`, which is not empty; a byte that is no UTF-8 counts as one invalid code point.
ACRX_DECL code_point first_code_point(std::string_view text) noexcept;
ACRX_DECL void append_utf8(std::string& text, char32_t c);

ACRX_DECL bool is_space(char32_t c) noexcept;
/// Letters, approximately: all of ASCII, and beyond it what is no control, sign or punctuation.
ACRX_DECL bool is_letter(char32_t c) noexcept;

/// The blanks that separate words of an instruction.
constexpr bool is_blank(char c) noexcept
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

constexpr bool is_digit(char32_t c) noexcept
{
    return c >= '0' && c <= '9';
}

ACRX_DECL std::string_view trim_left(std::string_view text) noexcept;
ACRX_DECL std::string_view trim_right(std::string_view text) noexcept;
ACRX_DECL std::string_view trim(std::string_view text) noexcept;
/// Words between runs of blanks; at the edges of the text there may be empty ones.
ACRX_DECL std::vector<std::string> split_blanks(std::string_view text);
}  // namespace acrx::dockerfile::detail

// Here and not above: its bodies need what is declared above.
#include <acrx/dockerfile/wording.hpp>
namespace acrx::dockerfile::detail {
using dockerfile::closest;
using dockerfile::go_quote;
using dockerfile::to_upper;
}  // namespace acrx::dockerfile::detail

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/text.ipp>
#endif
#endif
