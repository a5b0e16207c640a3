// Bodies of triggered_runner/plan_runs.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_PLAN_RUNS_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_PLAN_RUNS_IPP
#include <acrx/context/location.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/trigger/event_filter.hpp>
#include <acrx/trigger/repository_url.hpp>
#include <acrx/triggered_runner/detail/upload_names.hpp>
#include <acrx/triggered_runner/plan_runs.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace acrx {
namespace detail {
inline new_run make_run(run_request request, run_cause cause, std::string task)
{
    new_run made;
    auto& record = made.record;
    bool const is_build = std::holds_alternative<docker_step>(request.what);
    if (task.empty())
        record.type = is_build ? run_type::quick_build : run_type::quick_run;
    else
        record.type = is_build ? run_type::auto_build : run_type::auto_run;
    record.task = std::move(task);
    record.created = record.updated = cause.at;
    record.cause = std::move(cause);
    record.platform = request.platform;
    record.cpu = request.cpu;
    record.agent_pool = request.agent_pool;
    record.priority = request.priority;
    record.is_archived = request.is_archived;
    if (!upload_name_of(request.context).empty())
        record.upload = request.context;
    record.source_registry_login = request.credentials.uses_home_login ? "Default" : "None";
    for (auto const& [host, login] : request.credentials.registries)
        record.custom_registries.push_back(host);
    made.request = std::move(request);
    return made;
}

/// What a stranger's code may have: nothing.
inline void take_trust_away(run_request& request)
{
    request = without_secrets(std::move(request));
    request.credentials = {.uses_home_login = false};
    request.identity = {};
    if (auto* step = std::get_if<docker_step>(&request.what))
        step->is_push_enabled = false;
}

/// Plans by the kind of event.
class run_planner
{
public:
    run_planner(trigger_event const& event, task_table const& tasks, base_image_book& book, time_point now)
        : event_(event), tasks_(tasks), book_(book), now_(now)
    {}

    run_plan plan()
    {
        std::visit([this](auto const& what) { plan(what); }, event_.what);
        return std::move(plan_);
    }

private:
    void plan(git_push const& push)
    {
        bool const is_polled = event_.provider == polling_provider;
        if (!is_polled || push.before != push.commit)
            plan_source(push.repository_url, push.commit, false);
        if (is_polled)
            plan_.marks[branch_mark(push.repository_url, push.branch)] = push.commit;
    }
    void plan(pull_request const& request) { plan_source(request.repository_url, request.commit, request.from_fork); }

    void plan_source(std::string const& repository_url, std::string const& commit, bool is_strange)
    {
        for (auto const& task : tasks_.on_repository(repository_url)) {
            auto const* trigger = find_source(*task, repository_url);
            if (trigger == nullptr || !is_ready(*task))
                continue;
            step_override const changes{.context = context_at(task->step->context, commit)};
            auto made = acrx::make_run(*task, changes, {event_, trigger->name, now_});
            if (is_strange)
                take_trust_away(made.request);
            plan_.runs.push_back(std::move(made));
        }
    }

    /// The first trigger that takes the event; what the others said is kept if it is about their repository.
    source_trigger const* find_source(task_definition const& task, std::string const& repository_url)
    {
        std::vector<std::string> reasons;
        for (auto const& trigger : task.triggers.sources) {
            auto const verdict = judge(trigger.filter, event_);
            if (trigger.is_enabled && verdict.passes)
                return &trigger;
            if (is_same_repository(trigger.filter.repository_url, repository_url))
                reasons.push_back(task.name + ": " + (trigger.is_enabled ? verdict.reason : "its trigger is off"));
        }
        plan_.passed.insert(plan_.passed.end(), reasons.begin(), reasons.end());
        return nullptr;
    }

    void plan(timer_tick const& tick)
    {
        plan_.marks[timer_mark(tick.task, tick.timer)] = to_rfc3339(tick.occurrence);
        auto const task = tasks_.find(tick.task);
        if (task == nullptr || !is_ready(*task))
            return;
        auto const& timers = task->triggers.timers;
        auto const timer = std::ranges::find(timers, tick.timer, &timer_trigger::name);
        if (timer == timers.end() || !timer->is_enabled)
            return pass(*task, "it has no such timer, or it is off");
        plan_.runs.push_back(acrx::make_run(*task, {}, {event_, timer->name, now_}));
    }

    void plan(image_update const& update)
    {
        for (auto& due : book_.observe(update, plan_.shared)) {
            auto const task = tasks_.find(due.task);
            if (task == nullptr || !is_ready(*task))
                continue;
            run_cause cause{event_, task->triggers.base_image ? task->triggers.base_image->name : "", now_};
            cause.event.what = image_update{std::move(due.images)};
            plan_.runs.push_back(acrx::make_run(*task, {}, std::move(cause)));
        }
    }

    /// A person may run what is disabled.
    void plan(manual_request const& request)
    {
        auto const task = tasks_.find(request.task);
        if (task != nullptr && task->step)
            plan_.runs.push_back(acrx::make_run(*task, {}, {event_, {}, now_}));
        else
            plan_.passed.push_back("there is no task " + request.task + " that could be run");
    }

    bool is_ready(task_definition const& task)
    {
        if (!task.is_enabled)
            pass(task, "it is disabled");
        return task.is_enabled && task.step;
    }

    void pass(task_definition const& task, std::string const& reason) { plan_.passed.push_back(task.name + ": " + reason); }

    trigger_event const& event_;
    task_table const& tasks_;
    base_image_book& book_;
    time_point now_;
    run_plan plan_;
};
}  // namespace detail

ACRX_DECL new_run make_run(task_definition const& task, step_override const& changes, run_cause cause)
{
    if (!task.step)
        throw error(errc::invalid_argument, "running the task " + task.name + ": it is a system task, which has no step");
    auto request = request_of(*task.step, changes);
    request.platform = task.platform;
    request.cpu = task.cpu;
    request.timeout = task.timeout;
    request.agent_pool = task.agent_pool;
    request.priority = task.priority;
    request.log_template = task.log_template;
    request.credentials = task.credentials;
    request.identity = task.identity;
    auto made = detail::make_run(std::move(request), std::move(cause), task.name);
    made.record.update_token = changes.update_token;
    return made;
}

ACRX_DECL new_run make_run(run_request request, run_cause cause)
{
    return detail::make_run(std::move(request), std::move(cause), {});
}

ACRX_DECL run_plan plan_runs(trigger_event const& event, task_table const& tasks, base_image_book& book, time_point now)
{
    return detail::run_planner(event, tasks, book, now).plan();
}

ACRX_DECL std::string timer_mark(std::string const& task, std::string const& timer)
{
    return "timer/" + ascii_lower(task) + "/" + timer;
}

ACRX_DECL std::string branch_mark(std::string const& repository_url, std::string const& branch)
{
    return "branch/" + repository_key(repository_url) + "/" + branch;
}

ACRX_DECL std::vector<watched_repository> watched_repositories(task_definition const& task, run_marks const& marks)
{
    std::vector<watched_repository> repositories;
    for (auto const& trigger : task.triggers.sources) {
        if (!task.is_enabled || !trigger.is_enabled || !trigger.is_polled || !trigger.filter.commits)
            continue;
        auto& repository = repositories.emplace_back();
        repository.url = trigger.filter.repository_url;
        repository.token = trigger.token;
        repository.branches = trigger.filter.branches;
        auto const prefix = branch_mark(repository.url, "");
        for (auto at = marks.lower_bound(prefix); at != marks.end() && at->first.starts_with(prefix); ++at)
            repository.known[at->first.substr(prefix.size())] = at->second;
    }
    return repositories;
}

ACRX_DECL std::string context_at(std::string const& context, std::string const& commit)
{
    if (!std::holds_alternative<git_location>(parse_location(context)))
        return context;
    auto const hash = context.find('#');
    auto const folder = hash == context.npos ? context.npos : context.find(':', hash);
    return context.substr(0, hash) + "#" + commit + (folder == context.npos ? "" : context.substr(folder));
}
}  // namespace acrx
#endif
