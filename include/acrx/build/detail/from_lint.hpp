// The checks of FROM lines, which see the ARGs before the first stage.
#ifndef ACRX_BUILD_DETAIL_FROM_LINT_HPP
#define ACRX_BUILD_DETAIL_FROM_LINT_HPP

#include <acrx/build/detail/global_scope.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/lint_warning.hpp>
#include <acrx/image/platform.hpp>

#include <string>
#include <vector>

namespace acrx::detail {
/// Undeclared variables, and `--platform` values that say nothing or too much; of all stages.
ACRX_DECL std::vector<dockerfile::lint_warning> lint_from_lines(dockerfile::file const& f, global_scope const& scope);

/// Base names that only a build argument makes valid.
/// @param defaults  what the ARGs are without build arguments
ACRX_DECL std::vector<dockerfile::lint_warning> lint_default_bases(dockerfile::file const& f,
                                                                   global_scope const& defaults);

/// An image for another platform than the one that was asked for.
/// @param name  as in the FROM line, expanded
ACRX_DECL std::vector<dockerfile::lint_warning> lint_base_platform(base_image const& base, std::string const& name,
                                                                   platform const& wanted,
                                                                   dockerfile::source_span where);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/from_lint.ipp>
#endif
#endif
