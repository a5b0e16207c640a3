// Bodies of server/detail/trigger_json.hpp.
#ifndef ACRX_SERVER_IMPL_TRIGGER_JSON_IPP
#define ACRX_SERVER_IMPL_TRIGGER_JSON_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/server/detail/trigger_json.hpp>
#include <acrx/server/step_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
inline std::string_view status_word(bool is_enabled)
{
    return is_enabled ? "Enabled" : "Disabled";
}

inline void read_status(json_fields const& from, bool& into)
{
    if (auto const status = from.word("status", {"Disabled", "Enabled"}))
        into = *status == 1;
}

/// How the API names hosts; those after the second are acrx's own. The order is that of `git_host`.
inline std::vector<std::string_view> const& source_control_types()
{
    static std::vector<std::string_view> const types{"Automatic", "Github",    "Gitlab",
                                                     "Gitea",     "Bitbucket", "VisualStudioTeamService"};
    return types;
}

inline boost::json::object to_json(timer_trigger const& timer)
{
    boost::json::object made;
    made["name"] = timer.name;
    made["schedule"] = timer.schedule;
    made["status"] = status_word(timer.is_enabled);
    return made;
}

inline boost::json::object to_json(source_trigger const& source)
{
    auto const& filter = source.filter;
    boost::json::object repository;
    repository["sourceControlType"] = source_control_types()[static_cast<std::size_t>(source.host)];
    repository["repositoryUrl"] = filter.repository_url;
    if (!filter.branches.empty())
        repository["branch"] = filter.branches.front();
    if (!source.token.empty() || !source.refresh_token.empty()) {
        boost::json::object login;
        login["tokenType"] = source.token_type;
        put(login, "token", source.token);
        put(login, "refreshToken", source.refresh_token);
        put(login, "scope", source.token_scope);
        repository["sourceControlAuthProperties"] = std::move(login);
    }
    boost::json::object made;
    made["name"] = source.name;
    made["status"] = status_word(source.is_enabled);
    boost::json::array events;
    if (filter.commits)
        events.emplace_back("commit");
    if (filter.pull_requests)
        events.emplace_back("pullrequest");
    made["sourceTriggerEvents"] = std::move(events);
    made["sourceRepository"] = std::move(repository);
    if (filter.branches.size() > 1)
        made["branches"] = to_json_list(filter.branches);
    if (!filter.tags.empty())
        made["tags"] = to_json_list(filter.tags);
    if (!filter.paths.empty())
        made["paths"] = to_json_list(filter.paths);
    if (filter.forks)
        made["forks"] = true;
    made["isPolled"] = source.is_polled;
    put(made, "webhookSecret", source.webhook_secret);
    return made;
}

inline boost::json::object to_json(base_image_trigger const& base)
{
    boost::json::object made;
    made["name"] = base.name;
    made["baseImageTriggerType"] = base.scope == base_image_scope::all ? "All" : "Runtime";
    made["status"] = status_word(base.is_enabled);
    put(made, "updateTriggerEndpoint", base.update_endpoint);
    made["updateTriggerPayloadType"] = base.sends_token ? "Token" : "Default";
    return made;
}

ACRX_DECL boost::json::object to_json(task_triggers const& triggers)
{
    boost::json::object made;
    boost::json::array timers;
    for (auto const& each : triggers.timers)
        timers.push_back(to_json(each));
    boost::json::array sources;
    for (auto const& each : triggers.sources)
        sources.push_back(to_json(each));
    made["timerTriggers"] = std::move(timers);
    made["sourceTriggers"] = std::move(sources);
    if (triggers.base_image)
        made["baseImageTrigger"] = to_json(*triggers.base_image);
    return made;
}

/// The trigger of that name, which is added if there is none.
template<class Trigger>
Trigger& named_trigger(std::vector<Trigger>& all, std::string const& name)
{
    auto const has_name = [&](Trigger const& each) { return ascii_lower(each.name) == ascii_lower(name); };
    auto const known = std::find_if(all.begin(), all.end(), has_name);
    if (known != all.end())
        return *known;
    all.emplace_back().name = name;
    return all.back();
}

/// @throws arm_refusal (400) if two of a list have one name
inline void check_names(std::vector<json_fields> const& triggers)
{
    std::set<std::string> names;
    for (auto const& each : triggers)
        if (!names.insert(ascii_lower(each.required("name"))).second)
            each.refuse("name", "another than that of the triggers before it");
}

inline void read_events(json_fields const& from, event_filter& into)
{
    std::vector<std::string> events;
    from.read("sourceTriggerEvents", events);
    if (!from.has("sourceTriggerEvents"))
        return;
    into.commits = into.pull_requests = false;
    for (auto const& each : events) {
        auto const word = ascii_lower(each);
        if (word != "commit" && word != "pullrequest")
            from.refuse("sourceTriggerEvents", "a list of commit and pullrequest");
        (word == "commit" ? into.commits : into.pull_requests) = true;
    }
}

inline void read_repository(json_fields const& from, source_trigger& into)
{
    if (auto const type = from.word("sourceControlType", source_control_types()))
        into.host = static_cast<git_host>(*type);
    from.read("repositoryUrl", into.filter.repository_url);
    if (from.has("branch"))
        into.filter.branches = {from.required("branch")};
    auto const login = from.object("sourceControlAuthProperties");
    if (!login)
        return;
    login->read("tokenType", into.token_type);
    login->read("token", into.token);
    login->read("refreshToken", into.refresh_token);
    login->read("scope", into.token_scope);
}

/// A new trigger is polled unless it says otherwise, or has a secret for webhooks: nobody else may tell of commits.
inline void read_source(json_fields const& from, source_trigger& into, bool is_new)
{
    read_status(from, into.is_enabled);
    read_events(from, into.filter);
    if (auto const repository = from.object("sourceRepository"))
        read_repository(*repository, into);
    from.read("branches", into.filter.branches);
    from.read("tags", into.filter.tags);
    from.read("paths", into.filter.paths);
    from.read("forks", into.filter.forks);
    from.read("webhookSecret", into.webhook_secret);
    into.is_polled = is_new ? into.webhook_secret.empty() : into.is_polled;
    from.read("isPolled", into.is_polled);
}

ACRX_DECL void read_triggers(json_fields const& from, task_triggers& into)
{
    if (auto const timers = from.objects("timerTriggers")) {
        check_names(*timers);
        for (auto const& each : *timers) {
            auto& timer = named_trigger(into.timers, each.required("name"));
            each.read("schedule", timer.schedule);
            read_status(each, timer.is_enabled);
        }
    }
    if (auto const sources = from.objects("sourceTriggers")) {
        check_names(*sources);
        for (auto const& each : *sources) {
            auto const before = into.sources.size();
            auto& source = named_trigger(into.sources, each.required("name"));
            read_source(each, source, into.sources.size() != before);
        }
    }
    if (auto const base = from.object("baseImageTrigger")) {
        auto& known = into.base_image ? *into.base_image : into.base_image.emplace();
        base->read("name", known.name);
        read_status(*base, known.is_enabled);
        if (auto const scope = base->word("baseImageTriggerType", {"Runtime", "All"}))
            known.scope = *scope == 1 ? base_image_scope::all : base_image_scope::runtime;
        base->read("updateTriggerEndpoint", known.update_endpoint);
        if (auto const payload = base->word("updateTriggerPayloadType", {"Default", "Token"}))
            known.sends_token = *payload == 1;
    }
}
}  // namespace acrx::detail
#endif
