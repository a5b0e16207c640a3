// Cuts the text of a template into tokens.
#ifndef ACRX_TEMPLATING_DETAIL_LEXER_HPP
#define ACRX_TEMPLATING_DETAIL_LEXER_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
/// Kinds of tokens; those after `keyword` are words of the language.
enum class token_kind
{
    error,
    boolean,
    character,
    character_constant,
    complex,
    assign,
    declare,
    end_of_text,
    field,
    identifier,
    left_delimiter,
    left_parenthesis,
    number,
    pipe,
    raw_string,
    right_delimiter,
    right_parenthesis,
    space,
    string,
    text,
    variable,
    keyword,
    block,
    break_,
    continue_,
    dot,
    define,
    else_,
    end,
    if_,
    nil,
    range,
    template_,
    with,
};

struct token
{
    token_kind kind = token_kind::end_of_text;
    std::size_t place = 0;   ///< of its first byte in the text
    std::size_t line = 1;    ///< of its first byte
    std::string_view value;  ///< as it is written, in the text; the message of an error, in the lexer

    /// As messages show it.
    ACRX_DECL std::string shown() const;
};

/// Gives one token after the other; after an error or the end only `end_of_text`.
class lexer
{
public:
    /// @param text  must outlive the lexer
    explicit lexer(std::string_view text) : text_(text) {}
    lexer(lexer const&) = delete;
    lexer& operator=(lexer const&) = delete;
    ACRX_DECL token next();

private:
    static constexpr char32_t end_of_text = 0xFFFFFFFF;

    char32_t peek() const;
    char32_t step();
    void back(char32_t c);
    bool accept(std::string_view any);
    void accept_all(std::string_view any);
    std::string_view rest() const { return text_.substr(place_); }
    void skip();
    void count_lines();
    token take(token_kind kind);
    token fail(std::string message);
    bool at_right_delimiter(bool& trims) const;
    bool at_terminator() const;

    token next_text();
    token next_inside();
    token left_delimiter();
    bool comment(token& failed);
    token right_delimiter();
    token blank();
    token word(token_kind kind);
    token identifier();
    token variable();
    token quote(char32_t mark, token_kind kind, std::string_view message);
    token raw_quote();
    token number();
    bool scan_number();

    std::string_view text_;
    std::size_t start_ = 0;
    std::size_t place_ = 0;
    std::size_t line_ = 1;
    std::size_t start_line_ = 1;
    std::size_t open_parentheses_ = 0;
    bool inside_ = false;
    bool done_ = false;
    std::string error_;
};
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/lexer.ipp>
#include <acrx/templating/impl/lexer_number.ipp>
#endif
#endif
