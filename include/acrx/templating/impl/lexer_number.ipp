// Bodies of templating/detail/lexer.hpp: numbers.
#ifndef ACRX_TEMPLATING_IMPL_LEXER_NUMBER_IPP
#define ACRX_TEMPLATING_IMPL_LEXER_NUMBER_IPP
#include <acrx/templating/detail/lexer.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/impl/lexer.ipp>

#include <string_view>

namespace acrx::templating::detail {
ACRX_DECL token lexer::number()
{
    auto const bad = [this] { return fail("bad number syntax: " + go_quoted(text_.substr(start_, place_ - start_))); };
    if (!scan_number())
        return bad();
    if (peek() != '+' && peek() != '-')
        return take(token_kind::number);
    if (!scan_number() || text_[place_ - 1] != 'i')
        return bad();
    return take(token_kind::complex);
}

ACRX_DECL bool lexer::scan_number()
{
    accept("+-");
    std::string_view digits = "0123456789_";
    if (accept("0")) {
        if (accept("xX"))
            digits = "0123456789abcdefABCDEF_";
        else if (accept("oO"))
            digits = "01234567_";
        else if (accept("bB"))
            digits = "01_";
    }
    accept_all(digits);
    if (accept("."))
        accept_all(digits);
    if ((digits.size() == 11 && accept("eE")) || (digits.size() == 23 && accept("pP"))) {
        accept("+-");
        accept_all("0123456789_");
    }
    accept("i");
    if (is_word(peek())) {
        step();
        return false;
    }
    return true;
}
}  // namespace acrx::templating::detail
#endif
