// The variables that FROM lines see: automatic arguments, and the ARGs before the first stage.
#ifndef ACRX_BUILD_DETAIL_GLOBAL_SCOPE_HPP
#define ACRX_BUILD_DETAIL_GLOBAL_SCOPE_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/expansion.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/source_span.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace acrx::detail {
class global_scope
{
public:
    using variable_map = std::map<std::string, std::string, std::less<>>;

    global_scope() = default;
    /// @param target      name of the stage to build; may be empty
    /// @param build_args  which may be others than those of the request
    /// @throws dockerfile::parse_error  for a default that cannot be expanded
    ACRX_DECL global_scope(dockerfile::file const& f, build_request const& request, std::string const& target,
                           std::map<std::string, std::string> const& build_args);

    variable_map const& values() const noexcept { return values_; }
    /// Of `values`, and of ARGs that have none.
    std::set<std::string, std::less<>> const& names() const noexcept { return names_; }

    /// @throws dockerfile::parse_error  at `where`
    ACRX_DECL dockerfile::expansion expand(std::string_view text, dockerfile::source_span where) const;
    /// ` (did you mean NAME?)` for an unknown variable in `text`; nothing if there is none that resembles a known one.
    ACRX_DECL std::string did_you_mean(std::string_view text) const;

private:
    variable_map values_;
    std::set<std::string, std::less<>> names_;
    char escape_ = '\\';
};

/// The name in `names` that was probably meant; empty if there is none.
ACRX_DECL std::string suggestion_for(std::string_view name, std::set<std::string, std::less<>> const& names);
/// ` (did you mean SUGGESTION?)`, or nothing.
ACRX_DECL std::string question_for(std::string const& suggestion);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/global_scope.ipp>
#endif
#endif
