// How the findings of the checks are shown.
#ifndef ACRX_CLI_LINT_TEXT_HPP
#define ACRX_CLI_LINT_TEXT_HPP

#include <acrx/cli/error_text.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/lint_warning.hpp>

#include <boost/json/array.hpp>

#include <span>
#include <string>

namespace acrx::cli {
/// One object a finding: `rule`, `message`, `description`, `url`, `line` and `lastLine`.
ACRX_DECL boost::json::array to_json(std::span<dockerfile::lint_warning const> warnings);

/// `WARNING: RULE - URL`, the message, the place, and the lines of the file around it.
ACRX_DECL std::string lint_text(dockerfile::lint_warning const& warning, shown_dockerfile const& file);

/// `Check complete, 2 warnings have been found!`
ACRX_DECL std::string lint_summary(std::size_t count);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/lint_text.ipp>
#endif
#endif
