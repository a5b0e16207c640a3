// Bodies of runner_cli/detail/trigger_document.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_TRIGGER_DOCUMENT_IPP
#define ACRX_RUNNER_CLI_IMPL_TRIGGER_DOCUMENT_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/runner_cli/detail/trigger_document.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace acrx::cli::detail {
inline std::string branch_of(std::string const& context)
{
    auto const mark = context.find('#');
    if (mark == context.npos)
        return {};
    auto const rest = context.substr(mark + 1);
    return rest.substr(0, rest.find(':'));
}

/// The host of a repository as the API names it: by its URL, as az does, and by further hosts.
inline std::string source_control_of(std::string const& url)
{
    auto const lower = ascii_lower(url);
    for (auto const& [word, type] : {std::pair("gitlab", "Gitlab"), std::pair("bitbucket", "Bitbucket"), std::pair("gitea", "Gitea"),
                                     std::pair("forgejo", "Gitea"), std::pair("codeberg", "Gitea"), std::pair("dev.azure", "VisualStudioTeamService"),
                                     std::pair("visualstudio", "VisualStudioTeamService"), std::pair("github", "Github")})
        if (lower.find(word) != lower.npos)
            return type;
    return "Automatic";
}

ACRX_DECL json::object source_trigger_of(task_arguments const& a, std::string const& context, std::string const& token, bool commits, bool pulls)
{
    json::object repository;
    auto const url = context.substr(0, context.find('#'));
    repository["sourceControlType"] = source_control_of(url);
    repository["repositoryUrl"] = url;
    if (auto const branch = branch_of(context); !branch.empty())
        repository["branch"] = branch;
    json::object login;
    login["tokenType"] = "PAT";
    login["token"] = token;
    login["scope"] = "repo";
    repository["sourceControlAuthProperties"] = std::move(login);
    json::array events;
    if (commits)
        events.emplace_back("commit");
    if (pulls)
        events.emplace_back("pullrequest");
    json::object made;
    made["name"] = a.source_trigger_name;
    made["sourceTriggerEvents"] = std::move(events);
    made["sourceRepository"] = std::move(repository);
    return made;
}

ACRX_DECL json::array timers_of(std::vector<std::string> const& schedules)
{
    json::array list;
    for (std::size_t i = 0; i < schedules.size(); ++i) {
        auto const colon = schedules[i].find(':');
        json::object one;
        one["name"] = colon == std::string::npos ? "t" + std::to_string(i + 1) : schedules[i].substr(0, colon);
        one["schedule"] = colon == std::string::npos ? schedules[i] : schedules[i].substr(colon + 1);
        list.push_back(std::move(one));
    }
    return list;
}

ACRX_DECL json::object base_trigger_of(task_arguments const& a)
{
    json::object made;
    made["name"] = a.base_image_trigger_name;
    if (a.base_image_trigger)
        made["status"] = *a.base_image_trigger ? "Enabled" : "Disabled";
    put_given(made, "baseImageTriggerType", a.base_image_trigger_type);
    put_given(made, "updateTriggerEndpoint", a.update_endpoint);
    put_given(made, "updateTriggerPayloadType", a.update_payload_type);
    return made;
}

ACRX_DECL std::optional<json::object> updated_source(task_arguments const& a, json::value const& known, std::string const& token)
{
    auto const sources = list_at(known, "/properties/trigger/sourceTriggers");
    auto const events = sources.empty() ? json::array() : list_at(sources[0], "/sourceTriggerEvents");
    auto const has = [&](char const* word) {
        return std::any_of(events.begin(), events.end(), [&](json::value const& e) { return e == json::value(word); });
    };
    if (!a.commit_trigger && !a.pull_request_trigger && !a.context && token.empty())
        return std::nullopt;
    auto const commits = a.commit_trigger.value_or(has("commit"));
    auto const pulls = a.pull_request_trigger.value_or(has("pullrequest"));
    if (sources.empty() && !commits && !pulls)
        return std::nullopt;
    auto const context = a.context.value_or(text_at(known, "/properties/step/contextPath"));
    auto made = source_trigger_of(a, context, token, commits, pulls);
    if (!sources.empty())
        made["name"] = text_at(sources[0], "/name");
    made["status"] = commits || pulls ? "Enabled" : "Disabled";
    if (token.empty())
        made["sourceRepository"].as_object().erase("sourceControlAuthProperties");
    if (!a.context)
        made["sourceRepository"].as_object().erase("branch");
    return made;
}
}  // namespace acrx::cli::detail
#endif
