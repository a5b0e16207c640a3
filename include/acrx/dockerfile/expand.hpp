// Expansion of variables in the words of a Dockerfile.
#ifndef ACRX_DOCKERFILE_EXPAND_HPP
#define ACRX_DOCKERFILE_EXPAND_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/expansion.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile {
/// How a text is read.
struct expand_options
{
    char escape = '\\';
    bool quotes_are_text = false;  ///< heredoc bodies: `'` and `"` mean nothing
};

/// Expands `word` and reports what was used.
/// @throws parse_error (`errc::syntax`) without a place: use `parse_error::at`
ACRX_DECL expansion expand_reporting(std::string_view word, variable_lookup const& lookup, expand_options options = {});

/// Expands variables in `word` and removes its quotes. @throws as `expand_reporting`
ACRX_DECL std::string expand(std::string_view word, variable_lookup const& lookup, char escape = '\\');

/// The same, split at blanks that were not quoted, also those that come from a value. @throws as `expand_reporting`
ACRX_DECL std::vector<std::string> expand_words(std::string_view word, variable_lookup const& lookup,
                                                char escape = '\\');

/// Expands the body of a heredoc: quotes are text. @throws as `expand_reporting`
ACRX_DECL std::string expand_heredoc(std::string_view body, variable_lookup const& lookup, char escape = '\\');
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/expand.ipp>
#endif
#endif
