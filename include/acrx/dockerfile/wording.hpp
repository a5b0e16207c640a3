// The wording of messages: letter case, quotes, and the word that was probably meant.
#ifndef ACRX_DOCKERFILE_WORDING_HPP
#define ACRX_DOCKERFILE_WORDING_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile {
/// ASCII letters made large; other bytes stay.
ACRX_DECL std::string to_upper(std::string_view text);

/// In double quotes, with the escapes of Go.
ACRX_DECL std::string go_quote(std::string_view text);

/// The option that differs from `word` in fewer than three edits; empty if there is none or if `word` is one itself.
ACRX_DECL std::string closest(std::string_view word, std::vector<std::string_view> const& options);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/wording.ipp>
#endif
#endif
