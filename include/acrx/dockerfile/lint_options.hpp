// Which findings of the checks count: the value of `# check=...`.
#ifndef ACRX_DOCKERFILE_LINT_OPTIONS_HPP
#define ACRX_DOCKERFILE_LINT_OPTIONS_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/lint_warning.hpp>

#include <set>
#include <string>
#include <string_view>

namespace acrx::dockerfile {
/// Rules by their names; a name that no rule has means nothing.
struct lint_options
{
    bool skip_all = false;               ///< but experimental rules that are asked for
    std::set<std::string, std::less<>> skipped;
    bool all_experimental = false;
    std::set<std::string, std::less<>> experimental;
    bool fail = false;                   ///< a finding is an error

    /// Whether findings of a rule count.
    ACRX_DECL bool wants(lint_rule rule) const;
    /// Also skips and asks for what `other` does; `fail` stays as it is.
    ACRX_DECL void add(lint_options const& other);
};

/// Reads `skip=A,B;error=true;experimental=C`; `all` stands for all rules.
/// @throws parse_error (`errc::syntax`) without a place
ACRX_DECL lint_options parse_lint_options(std::string_view text);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/lint_options.ipp>
#endif
#endif
