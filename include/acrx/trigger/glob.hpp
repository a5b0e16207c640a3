// Patterns for branches, tags and paths.
#ifndef ACRX_TRIGGER_GLOB_HPP
#define ACRX_TRIGGER_GLOB_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Whether the whole text fits the pattern; case counts.
///
/// `*` is any run of characters but `/`, `**` any run at all, `?` one character but `/`; `**` and a slash may also be
/// nothing, so that `**/x` fits `x`. A pattern that ends with `/` fits all below. All else stands for itself.
/// Costs at most the product of the lengths.
ACRX_DECL bool fits_glob(std::string_view pattern, std::string_view text);
/// Whether a list of patterns takes the text. The last pattern that fits decides; one that begins with `!` shuts out.
/// A list that only shuts out takes all else; an empty one takes nothing.
ACRX_DECL bool fits_globs(std::vector<std::string> const& patterns, std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/glob.ipp>
#endif
#endif
