// The lines `# name = value` at the top of a Dockerfile.
#ifndef ACRX_DOCKERFILE_DETAIL_DIRECTIVES_HPP
#define ACRX_DOCKERFILE_DETAIL_DIRECTIVES_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace acrx::dockerfile::detail {
/// Takes the lines of a file from its first one on until one of them is no directive.
class directive_zone
{
public:
    explicit directive_zone(std::string_view comment = "#") : comment_(comment) {}

    /// @return whether `line`, without line end, is a directive
    /// @throws parse_error without a place, for one that is given twice
    ACRX_DECL bool take(std::string_view line, int number);
    std::vector<directive> const& found() const noexcept { return found_; }

private:
    std::string_view comment_;
    std::vector<directive> found_;
    bool done_ = false;
};

/// Looks for a directive as a program does that does not yet know the language of the file:
/// a first line `#!` does not count, and `any_notation` allows `//` comments and a JSON object as well.
ACRX_DECL std::optional<std::string> detect_directive(std::string_view text, std::string_view name, bool any_notation);
}  // namespace acrx::dockerfile::detail

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/directives.ipp>
#endif
#endif
