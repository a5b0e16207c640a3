// Bodies of build/detail/global_scope.hpp.
#ifndef ACRX_BUILD_IMPL_GLOBAL_SCOPE_IPP
#define ACRX_BUILD_IMPL_GLOBAL_SCOPE_IPP
#include <acrx/build/detail/global_scope.hpp>
#include <acrx/dockerfile/expand.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <optional>

namespace acrx::detail {
ACRX_DECL global_scope::global_scope(dockerfile::file const& f, build_request const& request, std::string const& target,
                                     std::map<std::string, std::string> const& build_args)
    : escape_(f.escape)
{
    auto const add_platform = [&](std::string const& prefix, platform const& p) {
        values_[prefix + "PLATFORM"] = to_string(p);
        values_[prefix + "OS"] = p.os;
        values_[prefix + "OSVERSION"] = p.os_version;
        values_[prefix + "ARCH"] = p.architecture;
        values_[prefix + "VARIANT"] = p.variant;
    };
    add_platform("BUILD", request.build_platform);
    add_platform("TARGET", request.platform);
    values_["TARGETSTAGE"] = target.empty() ? "default" : target;
    for (auto& [name, value] : values_) {
        names_.insert(name);
        if (auto const given = build_args.find(name); given != build_args.end())
            value = given->second;
    }
    for (auto const& line : f.global_args)
        for (auto const& declared : line.what.declarations) {
            names_.insert(declared.name);
            if (auto const given = build_args.find(declared.name); given != build_args.end())
                values_[declared.name] = given->second;
            else if (declared.value)
                values_[declared.name] = expand(*declared.value, line.where).text;
        }
}

ACRX_DECL dockerfile::expansion global_scope::expand(std::string_view text, dockerfile::source_span where) const
{
    auto const lookup = [&](std::string_view name) -> std::optional<std::string> {
        auto const found = values_.find(name);
        return found == values_.end() ? std::nullopt : std::optional(found->second);
    };
    try {
        return dockerfile::expand_reporting(text, lookup, {escape_, false});
    } catch (dockerfile::parse_error const& e) {
        throw e.at(where);
    }
}

ACRX_DECL std::string global_scope::did_you_mean(std::string_view text) const
{
    for (auto const& name : expand(text, {}).undefined)
        if (auto const meant = suggestion_for(name, names_); !meant.empty())
            return question_for(meant);
    return {};
}

ACRX_DECL std::string suggestion_for(std::string_view name, std::set<std::string, std::less<>> const& names)
{
    return dockerfile::closest(name, {names.begin(), names.end()});
}

ACRX_DECL std::string question_for(std::string const& suggestion)
{
    return suggestion.empty() ? "" : " (did you mean " + suggestion + "?)";
}
}  // namespace acrx::detail
#endif
