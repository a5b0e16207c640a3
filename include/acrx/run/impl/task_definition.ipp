// Bodies of run/task_definition.hpp.
#ifndef ACRX_RUN_IMPL_TASK_DEFINITION_IPP
#define ACRX_RUN_IMPL_TASK_DEFINITION_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/run/detail/secret_fields.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/trigger/cron_schedule.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <algorithm>
#include <set>
#include <variant>

namespace acrx {
namespace detail {
template<class F>
void for_each_secret(task_definition& task, F const& visit)
{
    if (task.step) {
        std::visit([&](auto& step) { for_each_secret(step, visit); }, task.step->what);
        visit(task.step->context_token);
    }
    for (auto& source : task.triggers.sources) {
        visit(source.token);
        visit(source.refresh_token);
        visit(source.webhook_secret);
    }
    for_each_secret(task.credentials, visit);
}
[[noreturn]] inline void refuse_task(task_definition const& task, std::string const& why, std::string advice = {})
{
    throw error(errc::invalid_argument, "task " + task.name + ": " + why, std::move(advice));
}

inline void check_trigger_name(task_definition const& task, std::string const& kind, std::string const& name,
                               std::set<std::string>& known)
{
    if (name.empty() || name.find_first_of("/\n\r") != name.npos)
        refuse_task(task, "a " + kind + " trigger needs a name without '/' and line feeds");
    if (!known.insert(ascii_lower(name)).second)
        refuse_task(task, "two " + kind + " triggers have the name '" + name + "'");
}

inline void check_triggers(task_definition const& task)
{
    std::set<std::string> timers;
    std::set<std::string> schedules;
    for (auto const& timer : task.triggers.timers) {
        check_trigger_name(task, "timer", timer.name, timers);
        if (!parse_cron(timer.schedule).ever_fires())
            refuse_task(task, "the schedule '" + timer.schedule + "' names no date", "No month has such a day.");
        if (!schedules.insert(timer.schedule).second)
            refuse_task(task, "two timers have the schedule '" + timer.schedule + "'", "They would start two runs at each tick.");
    }
    std::set<std::string> sources;
    for (auto const& source : task.triggers.sources) {
        check_trigger_name(task, "source", source.name, sources);
        if (repository_key(source.filter.repository_url).empty())
            refuse_task(task, "the trigger '" + source.name + "' names no git repository",
                        "Its URL has the form https://HOST/OWNER/NAME.git.");
    }
}

inline void check_step(task_definition const& task, step_definition const& step)
{
    if (auto const* docker = std::get_if<docker_step>(&step.what)) {
        if (docker->dockerfile.empty())
            refuse_task(task, "its step names no Dockerfile");
        if (step.context.empty())
            refuse_task(task, "its step has no context", "A build needs the location of its files.");
    } else if (auto const* file = std::get_if<file_step>(&step.what)) {
        if (file->task_file.empty() || step.context.empty())
            refuse_task(task, "its step names no task file, or no context that holds it");
    } else if (std::get<text_step>(step.what).task.empty()) {
        refuse_task(task, "the text of its step is empty");
    }
}
}  // namespace detail

ACRX_DECL bool is_resource_name(std::string_view name, std::size_t shortest)
{
    auto const is_good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return name.size() >= shortest && name.size() <= 50 && std::ranges::all_of(name, is_good);
}

ACRX_DECL void check_task(task_definition const& task)
{
    if (!is_resource_name(task.name, 5))
        throw error(errc::invalid_argument, "the name of a task has 5 to 50 letters, digits, '-' and '_'");
    if (task.timeout < std::chrono::seconds(300) || task.timeout > std::chrono::seconds(28800))
        detail::refuse_task(task, "its timeout is to be 300 to 28800 seconds");
    if (task.platform.os != "linux")
        detail::refuse_task(task, "the platform '" + task.platform.os + "' is not supported", "Runs need linux.");
    if (task.is_system != !task.step.has_value())
        detail::refuse_task(task, task.is_system ? "a system task has no step" : "it has no step");
    if (task.is_system && ascii_lower(task.name) != "quicktask")
        detail::refuse_task(task, "a system task has the name quicktask");
    if (task.step)
        detail::check_step(task, *task.step);
    detail::check_triggers(task);
}

ACRX_DECL task_definition without_secrets(task_definition task)
{
    detail::for_each_secret(task, [](std::string& secret) { secret.clear(); });
    return task;
}
}  // namespace acrx
#endif
