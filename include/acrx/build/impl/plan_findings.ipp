// Bodies of build/detail/plan_findings.hpp.
#ifndef ACRX_BUILD_IMPL_PLAN_FINDINGS_IPP
#define ACRX_BUILD_IMPL_PLAN_FINDINGS_IPP
#include <acrx/build/detail/history_text.hpp>
#include <acrx/build/detail/plan_findings.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace acrx::detail {
inline dockerfile::lint_options lint_options_of(dockerfile::file const& f, build_request const& request)
{
    auto const given = request.build_args.find("BUILDKIT_DOCKERFILE_CHECK");
    return given == request.build_args.end() ? dockerfile::lint_options_of(f)
                                             : dockerfile::parse_lint_options(given->second);
}

ACRX_DECL plan_findings::plan_findings(dockerfile::file const& f, build_request const& request,
                                       std::function<void(dockerfile::lint_warning const&)> sink)
    : plan_findings(f, lint_options_of(f, request), std::move(sink))
{}

ACRX_DECL void plan_findings::add(std::vector<dockerfile::lint_warning> const& found)
{
    for (auto const& warning : found) {
        if (!filter_.wants(warning))
            continue;
        all_.push_back(warning);
        if (sink_)
            sink_(warning);
    }
}

ACRX_DECL void plan_findings::refuse() const
{
    if (!is_error_ || all_.empty())
        return;
    std::vector<std::string> rules;
    for (auto const& warning : all_)
        if (auto name = std::string(text_of(warning.rule).name);
            std::find(rules.begin(), rules.end(), name) == rules.end())
            rules.push_back(std::move(name));
    throw dockerfile::parse_error(errc::invalid_instruction, all_.front().where,
                                  "lint violation found for rules: " + join(rules, ", "),
                                  "Mend what the warnings say, or skip the rules with '# check=skip=RULE'.");
}
}  // namespace acrx::detail
#endif
