// Bodies of dockerfile/expand.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_EXPAND_IPP
#define ACRX_DOCKERFILE_IMPL_EXPAND_IPP
#include <acrx/dockerfile/detail/word_lexer.hpp>
#include <acrx/dockerfile/expand.hpp>

namespace acrx::dockerfile {
ACRX_DECL expansion expand_reporting(std::string_view word, variable_lookup const& lookup, expand_options options)
{
    detail::lexer_mode mode;
    mode.escape = options.escape;
    mode.quotes_are_text = options.quotes_are_text;
    return detail::word_lexer(word, lookup, mode).run();
}

ACRX_DECL std::string expand(std::string_view word, variable_lookup const& lookup, char escape)
{
    return expand_reporting(word, lookup, {escape, false}).text;
}

ACRX_DECL std::vector<std::string> expand_words(std::string_view word, variable_lookup const& lookup, char escape)
{
    return expand_reporting(word, lookup, {escape, false}).words;
}

ACRX_DECL std::string expand_heredoc(std::string_view body, variable_lookup const& lookup, char escape)
{
    return expand_reporting(body, lookup, {escape, true}).text;
}
}  // namespace acrx::dockerfile
#endif
