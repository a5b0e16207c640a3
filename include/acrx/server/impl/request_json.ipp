// Bodies of server/request_json.hpp.
#ifndef ACRX_SERVER_IMPL_REQUEST_JSON_IPP
#define ACRX_SERVER_IMPL_REQUEST_JSON_IPP
#include <acrx/core/base64.hpp>
#include <acrx/server/request_json.hpp>
#include <acrx/server/step_json.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace acrx {
namespace detail {
inline stored_task read_stored_task(json_fields const& from)
{
    stored_task made;
    made.task = name_in_id(from.required("taskId"));
    auto const changes = from.object("overrideTaskStepProperties");
    if (!changes)
        return made;
    changes->read("contextPath", made.changes.context);
    changes->read("file", made.changes.file);
    changes->read("target", made.changes.target);
    read_values(*changes, "arguments", made.changes.arguments);
    read_values(*changes, "values", made.changes.values);
    changes->read("updateTriggerToken", made.changes.update_token);
    return made;
}

inline boost::json::object to_json(step_override const& changes)
{
    boost::json::object made;
    put(made, "contextPath", changes.context);
    put(made, "file", changes.file);
    put(made, "target", changes.target);
    made["arguments"] = acrx::to_json(changes.arguments);
    made["values"] = acrx::to_json(changes.values);
    put(made, "updateTriggerToken", changes.update_token);
    return made;
}

inline void read_overrides(json_fields const& from, run_overrides& into)
{
    auto const given = from.object("runOverrides");
    if (!given)
        return;
    given->read("id", into.id);
    given->read("registry", into.registry);
    given->read("environment", into.environment);
    given->read("noCache", into.no_cache);
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    if (into.id.size() > 128 || into.id.find_first_not_of(letters) != into.id.npos)
        given->refuse("id", "up to 128 letters, digits, '.', '-' and '_'");
    if (!std::ranges::all_of(into.environment, [](std::string const& each) { return each.find('=') != each.npos && !each.starts_with('='); }))
        given->refuse("environment", "a list of NAME=TEXT");
}

inline boost::json::object to_json(run_overrides const& overrides)
{
    boost::json::object made;
    put(made, "id", overrides.id);
    put(made, "registry", overrides.registry);
    made["environment"] = to_json_list(overrides.environment);
    made["noCache"] = overrides.no_cache;
    return made;
}

template<class Step>
Step read_request_step(json_fields const& from, std::string_view needed)
{
    Step step;
    if (!from.has(needed))
        from.refuse(needed, "given");
    read_fields(from, step);
    return step;
}
}  // namespace detail

ACRX_DECL run_request read_run_request(detail::json_fields const& from)
{
    run_request made;
    auto const type =
        from.word("type", {"DockerBuildRequest", "FileTaskRunRequest", "EncodedTaskRunRequest", "TaskRunRequest"});
    if (!type)
        from.refuse("type", "DockerBuildRequest, FileTaskRunRequest, EncodedTaskRunRequest or TaskRunRequest");
    switch (*type) {
    case 0: made.what = detail::read_request_step<docker_step>(from, "dockerFilePath"); break;
    case 1: made.what = detail::read_request_step<file_step>(from, "taskFilePath"); break;
    case 2: made.what = detail::read_request_step<text_step>(from, "encodedTaskContent"); break;
    default: made.what = detail::read_stored_task(from); break;
    }
    from.read("sourceLocation", made.context);
    read_platform(from, made.platform);
    read_cpu(from, made.cpu);
    read_timeout(from, made.timeout);
    from.read("agentPoolName", made.agent_pool);
    auto priority = static_cast<unsigned>(made.priority);
    from.read("priority", priority, 0, 1000);
    made.priority = static_cast<int>(priority);
    from.read("isArchiveEnabled", made.is_archived);
    from.read("logTemplate", made.log_template);
    read_credentials(from, made.credentials);
    if (*type == 1 || *type == 2)
        detail::read_overrides(from, made.overrides);
    return made;
}

ACRX_DECL boost::json::object to_json(run_request const& request, arm_path const& path)
{
    static constexpr std::array<std::string_view, 4> types{"DockerBuildRequest", "FileTaskRunRequest",
                                                           "EncodedTaskRunRequest", "TaskRunRequest"};
    boost::json::object made;
    made["type"] = types[request.what.index()];
    made["isArchiveEnabled"] = request.is_archived;
    detail::put(made, "agentPoolName", request.agent_pool);
    detail::put(made, "logTemplate", request.log_template);
    if (auto const* task = std::get_if<stored_task>(&request.what)) {
        made["taskId"] = path.id_of("tasks", task->task);
        made["overrideTaskStepProperties"] = detail::to_json(task->changes);
        return made;
    }
    if (auto const* docker = std::get_if<docker_step>(&request.what))
        put_fields(made, *docker);
    else if (auto const* file = std::get_if<file_step>(&request.what))
        put_fields(made, *file);
    else
        put_fields(made, std::get<text_step>(request.what));
    detail::put(made, "sourceLocation", request.context);
    made["platform"] = to_json(request.platform);
    made["agentConfiguration"] = to_json_agent(request.cpu);
    made["timeout"] = request.timeout.count();
    made["credentials"] = to_json(request.credentials);
    if (request.overrides != run_overrides())
        made["runOverrides"] = detail::to_json(request.overrides);
    return made;
}
}  // namespace acrx
#endif
