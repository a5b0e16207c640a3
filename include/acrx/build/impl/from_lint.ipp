// Bodies of build/detail/from_lint.hpp.
#ifndef ACRX_BUILD_IMPL_FROM_LINT_IPP
#define ACRX_BUILD_IMPL_FROM_LINT_IPP
#include <acrx/build/detail/from_lint.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/wording.hpp>
#include <acrx/image/reference.hpp>

#include <optional>
#include <string_view>

namespace acrx::detail {
using dockerfile::lint_rule;

/// Nothing if the text cannot be expanded: planning says why.
inline std::optional<dockerfile::expansion> try_to_expand(std::string_view text, global_scope const& scope)
try {
    return scope.expand(text, {});
} catch (error const&) {
    return std::nullopt;
}

inline void only_declared_arguments(dockerfile::expansion const& used, global_scope const& scope,
                                    dockerfile::source_span where, std::vector<dockerfile::lint_warning>& found)
{
    for (auto const& name : used.undefined)
        if (!scope.names().contains(name))
            found.push_back({lint_rule::undefined_arg_in_from,
                             "FROM argument '" + name + "' is not declared"
                                 + question_for(suggestion_for(name, scope.names())),
                             where});
}

inline void no_redundant_platform(dockerfile::stage const& s, dockerfile::expansion const& used,
                                  global_scope const& scope, std::vector<dockerfile::lint_warning>& found)
{
    if (used.used.size() != 1 || !used.undefined.empty() || !used.used.contains("TARGETPLATFORM"))
        return;
    if (auto const target = scope.values().find("TARGETPLATFORM"); used.text == target->second)
        found.push_back({lint_rule::redundant_target_platform,
                         "Setting platform to predefined " + s.platform
                             + " in FROM is redundant as this is the default behavior",
                         s.where});
}

inline void no_constant_platform(dockerfile::stage const& s, dockerfile::expansion const& used,
                                 std::vector<dockerfile::lint_warning>& found)
try {
    if (!used.used.empty() || !used.undefined.empty())
        return;
    auto const constant = parse_platform(used.text);
    auto const is_in_name = [&](std::string const& word) { return s.name.find(word) != std::string::npos; };
    if (!is_in_name(constant.os) && !is_in_name(constant.architecture))
        found.push_back({lint_rule::from_platform_flag_const_disallowed,
                         "FROM --platform flag should not use constant value " + dockerfile::go_quote(used.text),
                         s.where});
} catch (error const&) {
    // No platform at all: planning says why.
}

inline bool is_image_name(std::string const& text)
try {
    parse_reference(text);
    return true;
} catch (error const&) {
    return false;
}

ACRX_DECL std::vector<dockerfile::lint_warning> lint_from_lines(dockerfile::file const& f, global_scope const& scope)
{
    std::vector<dockerfile::lint_warning> found;
    for (auto const& s : f.stages) {
        if (auto const base = try_to_expand(s.base, scope))
            only_declared_arguments(*base, scope, s.where, found);
        if (s.platform.empty())
            continue;
        if (auto const platform = try_to_expand(s.platform, scope)) {
            only_declared_arguments(*platform, scope, s.where, found);
            no_redundant_platform(s, *platform, scope, found);
            no_constant_platform(s, *platform, found);
        }
    }
    return found;
}

ACRX_DECL std::vector<dockerfile::lint_warning> lint_default_bases(dockerfile::file const& f,
                                                                   global_scope const& defaults)
{
    std::vector<dockerfile::lint_warning> found;
    for (std::size_t i = 0; i < f.stages.size(); ++i) {
        auto const& s = f.stages[i];
        auto const base = try_to_expand(s.base, defaults);
        if (base && !dockerfile::find_stage(f, base->text, i) && !is_image_name(base->text))
            found.push_back({lint_rule::invalid_default_arg_in_from,
                             "Default value for ARG " + s.base + " results in empty or invalid base image name",
                             s.where});
    }
    return found;
}

ACRX_DECL std::vector<dockerfile::lint_warning> lint_base_platform(base_image const& base, std::string const& name,
                                                                   platform const& wanted,
                                                                   dockerfile::source_span where)
{
    auto const& got = base.config.platform;
    if (got.os == wanted.os && got.architecture == wanted.architecture)
        return {};
    auto const quoted = [](platform const& p) { return dockerfile::go_quote(to_string(normalize(p))); };
    return {{lint_rule::invalid_base_image_platform,
             "Base image " + name + " was pulled with platform " + quoted(got) + ", expected " + quoted(wanted)
                 + " for current build",
             where}};
}
}  // namespace acrx::detail
#endif
