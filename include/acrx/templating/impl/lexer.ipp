// Bodies of templating/detail/lexer.hpp.
#ifndef ACRX_TEMPLATING_IMPL_LEXER_IPP
#define ACRX_TEMPLATING_IMPL_LEXER_IPP
#include <acrx/templating/detail/lexer.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace acrx::templating::detail {
inline bool is_blank(char32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

inline bool is_word(char32_t c)
{
    return c <= 0x10FFFF && (c == '_' || is_letter(c) || is_digit(c));
}

/// A dash and a blank after the opening delimiter.
inline bool has_left_trim(std::string_view s)
{
    return s.size() >= 2 && s[0] == '-' && is_blank(static_cast<unsigned char>(s[1]));
}

inline bool has_right_trim(std::string_view s)
{
    return s.size() >= 2 && is_blank(static_cast<unsigned char>(s[0])) && s[1] == '-';
}

inline bool closes(std::string_view s)
{
    return s.size() >= 2 && s[0] == '}' && s[1] == '}';
}

inline bool is_ascii(char32_t c)
{
    return c < 0x80;
}

inline constexpr std::string_view blanks = " \t\r\n";

/// `U+002D '-'`
inline std::string named_character(char32_t c)
{
    std::string hex;
    for (auto rest = c; rest != 0; rest /= 16)
        hex.insert(0, 1, "0123456789ABCDEF"[rest % 16]);
    if (hex.size() < 4)
        hex.insert(0, 4 - hex.size(), '0');
    auto name = "U+" + hex;
    if (c <= 0x10FFFF && is_print(c)) {
        name += " '";
        put_rune(name, c);
        name += '\'';
    }
    return name;
}

ACRX_DECL std::string token::shown() const
{
    if (kind == token_kind::end_of_text)
        return "EOF";
    if (kind == token_kind::error)
        return std::string(value);
    if (kind > token_kind::keyword)
        return '<' + std::string(value) + '>';
    if (value.size() <= 10)
        return go_quoted(value);
    std::size_t end = 0;
    for (int n = 0; n < 10 && end < value.size(); ++n)
        end += first_rune(value.substr(end)).size;
    return go_quoted(value.substr(0, end)) + "...";
}

ACRX_DECL char32_t lexer::peek() const
{
    if (place_ >= text_.size())
        return end_of_text;
    auto const byte = static_cast<unsigned char>(text_[place_]);
    return is_ascii(byte) ? byte : first_rune(rest()).c;
}

ACRX_DECL char32_t lexer::step()
{
    if (place_ >= text_.size())
        return end_of_text;
    auto const c = peek();
    place_ += is_ascii(c) ? 1 : first_rune(rest()).size;
    if (c == '\n')
        ++line_;
    return c;
}

/// Undoes the last step, which gave `c`.
ACRX_DECL void lexer::back(char32_t c)
{
    if (c == end_of_text || place_ == 0)
        return;
    place_ -= is_ascii(c) ? 1 : last_rune(text_.substr(0, place_)).size;
    if (c == '\n')
        --line_;
}

ACRX_DECL bool lexer::accept(std::string_view any)
{
    if (place_ >= text_.size() || any.find(text_[place_]) == any.npos)
        return false;
    ++place_;
    return true;
}

ACRX_DECL void lexer::accept_all(std::string_view any)
{
    while (accept(any)) {
    }
}

ACRX_DECL void lexer::count_lines()
{
    line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(start_),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(place_), '\n'));
}

ACRX_DECL void lexer::skip()
{
    count_lines();
    start_ = place_;
    start_line_ = line_;
}

ACRX_DECL token lexer::take(token_kind kind)
{
    token t{kind, start_, start_line_, text_.substr(start_, place_ - start_)};
    start_ = place_;
    start_line_ = line_;
    return t;
}

ACRX_DECL token lexer::fail(std::string message)
{
    done_ = true;
    error_ = std::move(message);
    return {token_kind::error, start_, start_line_, error_};
}

ACRX_DECL token lexer::next()
{
    if (done_)
        return {token_kind::end_of_text, place_, start_line_, "EOF"};
    return inside_ ? next_inside() : next_text();
}

ACRX_DECL token lexer::next_text()
{
    while (true) {
        auto const open = text_.find("{{", place_);
        if (open == text_.npos) {
            place_ = text_.size();
            if (place_ == start_)
                return take(token_kind::end_of_text);
            count_lines();
            return take(token_kind::text);
        }
        if (open > place_) {
            place_ = open;
            auto end = place_;
            if (has_left_trim(text_.substr(open + 2)))
                end = start_ + text_.substr(start_, place_ - start_).find_last_not_of(blanks) + 1;
            place_ = end;
            count_lines();
            auto found = take(token_kind::text);
            place_ = open;
            skip();
            if (!found.value.empty())
                return found;
        }
        auto const after = text_.substr(place_ + 2);
        if (!(has_left_trim(after) ? after.substr(2) : after).starts_with("/*"))
            return left_delimiter();
        token failed;
        if (!comment(failed))
            return failed;
    }
}

ACRX_DECL token lexer::left_delimiter()
{
    place_ += 2;
    auto const trims = has_left_trim(rest());
    auto found = take(token_kind::left_delimiter);
    inside_ = true;
    if (trims)
        place_ += 2;
    skip();
    open_parentheses_ = 0;
    return found;
}

ACRX_DECL bool lexer::comment(token& failed)
{
    place_ += 2;
    if (has_left_trim(rest()))
        place_ += 2;
    skip();
    auto const close = text_.find("*/", place_ + 2);
    if (close == text_.npos) {
        failed = fail("unclosed comment");
        return false;
    }
    place_ = close + 2;
    bool trims = false;
    if (!at_right_delimiter(trims)) {
        failed = fail("comment ends before closing delimiter");
        return false;
    }
    place_ += trims ? 4 : 2;
    if (trims)
        place_ = std::min(text_.find_first_not_of(blanks, place_), text_.size());
    skip();
    return true;
}

ACRX_DECL bool lexer::at_right_delimiter(bool& trims) const
{
    trims = has_right_trim(rest()) && closes(rest().substr(2));
    return trims || closes(rest());
}

ACRX_DECL token lexer::right_delimiter()
{
    bool trims = false;
    at_right_delimiter(trims);
    if (trims) {
        place_ += 2;
        skip();
    }
    place_ += 2;
    auto found = take(token_kind::right_delimiter);
    if (trims) {
        place_ = std::min(text_.find_first_not_of(blanks, place_), text_.size());
        skip();
    }
    inside_ = false;
    return found;
}

ACRX_DECL token lexer::next_inside()
{
    bool trims = false;
    if (at_right_delimiter(trims))
        return open_parentheses_ == 0 ? right_delimiter() : fail("unclosed left paren");
    auto const c = step();
    if (c == end_of_text)
        return fail("unclosed action");
    switch (c) {
    case ' ':
    case '\t':
    case '\r':
    case '\n': back(c); return blank();
    case '=': return take(token_kind::assign);
    case ':': return step() == '=' ? take(token_kind::declare) : fail("expected :=");
    case '|': return take(token_kind::pipe);
    case '"': return quote('"', token_kind::string, "unterminated quoted string");
    case '`': return raw_quote();
    case '$': return variable();
    case '\'': return quote('\'', token_kind::character_constant, "unterminated character constant");
    case '(': ++open_parentheses_; return take(token_kind::left_parenthesis);
    case ')':
        if (open_parentheses_ == 0)
            return fail("unexpected right paren");
        --open_parentheses_;
        return take(token_kind::right_parenthesis);
    default: break;
    }
    auto const is_digit_next = place_ < text_.size() && text_[place_] >= '0' && text_[place_] <= '9';
    if (c == '.' && place_ < text_.size() && !is_digit_next)
        return at_terminator() ? take(token_kind::dot) : word(token_kind::field);
    if (c == '.' || c == '+' || c == '-' || (c >= '0' && c <= '9')) {
        back(c);
        return number();
    }
    if (is_word(c)) {
        back(c);
        return identifier();
    }
    if (c < 0x80 && is_print(c))
        return take(token_kind::character);
    return fail("unrecognized character in action: " + named_character(c));
}

ACRX_DECL token lexer::blank()
{
    place_ = std::min(text_.find_first_not_of(blanks, start_), text_.size());
    auto const all = text_.substr(start_, place_ - start_);
    line_ += static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
    // The last blank may belong to a closing delimiter that trims.
    auto const last = text_.substr(place_ - 1);
    if (has_right_trim(last) && closes(last.substr(2))) {
        back(static_cast<unsigned char>(last[0]));
        if (all.size() == 1)
            return right_delimiter();
    }
    return take(token_kind::space);
}

ACRX_DECL bool lexer::at_terminator() const
{
    auto const c = peek();
    constexpr std::string_view ends = ".,|:)(";
    return c == end_of_text || is_blank(c) || (c < 0x80 && ends.find(static_cast<char>(c)) != ends.npos)
           || closes(rest());
}

/// The rest of a field or variable.
ACRX_DECL token lexer::word(token_kind kind)
{
    while (is_word(peek()))
        step();
    if (!at_terminator())
        return fail("bad character " + named_character(peek()));
    return take(kind);
}

ACRX_DECL token lexer::variable()
{
    return at_terminator() ? take(token_kind::variable) : word(token_kind::variable);
}

ACRX_DECL token lexer::identifier()
{
    static constexpr std::array<std::pair<std::string_view, token_kind>, 11> keywords{{
        {"block", token_kind::block},
        {"break", token_kind::break_},
        {"continue", token_kind::continue_},
        {"define", token_kind::define},
        {"else", token_kind::else_},
        {"end", token_kind::end},
        {"if", token_kind::if_},
        {"nil", token_kind::nil},
        {"range", token_kind::range},
        {"template", token_kind::template_},
        {"with", token_kind::with},
    }};
    auto found = word(token_kind::identifier);
    if (found.kind != token_kind::identifier)
        return found;
    for (auto const& [name, kind] : keywords)
        if (found.value == name)
            found.kind = kind;
    if (found.value == "true" || found.value == "false")
        found.kind = token_kind::boolean;
    return found;
}

ACRX_DECL token lexer::quote(char32_t mark, token_kind kind, std::string_view message)
{
    while (true) {
        auto c = step();
        if (c == mark)
            return take(kind);
        if (c == '\\') {
            c = step();
            if (c != end_of_text && c != '\n')
                continue;
        }
        if (c == end_of_text || c == '\n')
            return fail(std::string(message));
    }
}

ACRX_DECL token lexer::raw_quote()
{
    while (true) {
        auto const c = step();
        if (c == end_of_text)
            return fail("unterminated raw quoted string");
        if (c == '`')
            return take(token_kind::raw_string);
    }
}
}  // namespace acrx::templating::detail
#endif
