// Bodies of server/task_json.hpp.
#ifndef ACRX_SERVER_IMPL_TASK_JSON_IPP
#define ACRX_SERVER_IMPL_TASK_JSON_IPP
#include <acrx/core/clock.hpp>
#include <acrx/server/detail/trigger_json.hpp>
#include <acrx/server/step_json.hpp>
#include <acrx/server/task_json.hpp>

#include <boost/json/value.hpp>

#include <chrono>
#include <utility>

namespace acrx {
ACRX_DECL boost::json::object to_json(task_definition const& task, arm_path const& path)
{
    boost::json::object inner;
    inner["provisioningState"] = "Succeeded";
    inner["creationDate"] = to_rfc3339(task.created);
    inner["status"] = task.is_enabled ? "Enabled" : "Disabled";
    inner["platform"] = to_json(task.platform);
    inner["agentConfiguration"] = to_json_agent(task.cpu);
    detail::put(inner, "agentPoolName", task.agent_pool);
    inner["timeout"] = task.timeout.count();
    if (task.priority != 0)
        inner["priority"] = task.priority;
    if (task.step)
        inner["step"] = to_json(*task.step);
    inner["trigger"] = detail::to_json(task.triggers);
    inner["credentials"] = to_json(task.credentials);
    detail::put(inner, "logTemplate", task.log_template);
    inner["isSystemTask"] = task.is_system;

    boost::json::object made;
    made["id"] = path.id_of("tasks", task.name);
    made["name"] = task.name;
    made["type"] = "Microsoft.ContainerRegistry/registries/tasks";
    detail::put(made, "location", task.location);
    made["tags"] = detail::to_json_table(task.tags);
    if (auto identity = to_json(task.identity); !identity.empty())
        made["identity"] = std::move(identity);
    made["properties"] = std::move(inner);
    return made;
}

ACRX_DECL void read_task(detail::json_fields const& from, task_definition& into)
{
    from.read("location", into.location);
    from.read("tags", into.tags);
    read_identity(from, into.identity);
    auto const inner = from.object("properties");
    if (!inner)
        return;
    if (auto const status = inner->word("status", {"Disabled", "Enabled"}))
        into.is_enabled = *status == 1;
    read_platform(*inner, into.platform);
    read_cpu(*inner, into.cpu);
    read_timeout(*inner, into.timeout);
    inner->read("agentPoolName", into.agent_pool);
    auto priority = static_cast<unsigned>(into.priority);
    inner->read("priority", priority, 0, 1000);
    into.priority = static_cast<int>(priority);
    inner->read("logTemplate", into.log_template);
    inner->read("isSystemTask", into.is_system);
    if (auto const step = inner->object("step")) {
        auto changed = into.step.value_or(step_definition{});
        read_step(*step, changed);
        into.step = std::move(changed);
    }
    if (auto const triggers = inner->object("trigger"))
        detail::read_triggers(*triggers, into.triggers);
    read_credentials(*inner, into.credentials);
}
}  // namespace acrx
#endif
