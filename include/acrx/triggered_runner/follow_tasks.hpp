// Tells sources of triggers what the stored tasks want to be told.
#ifndef ACRX_TRIGGERED_RUNNER_FOLLOW_TASKS_HPP
#define ACRX_TRIGGERED_RUNNER_FOLLOW_TASKS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/trigger/base_image_polling.hpp>
#include <acrx/trigger/git_polling.hpp>
#include <acrx/trigger/merge.hpp>
#include <acrx/trigger/timer_source.hpp>
#include <acrx/triggered_runner/plan_runs.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// The tasks of a runner at one moment.
struct task_view
{
    std::vector<task_definition> tasks = {};
    run_marks marks = {};                         ///< of what was accepted
    std::vector<std::string> base_images = {};    ///< tags to look at, in the normal form
    std::vector<std::string> pushed_images = {};  ///< of these, tags that were pushed, and nobody told the digest
};

/// Tells a source of the tasks after each change. A source of your own that has a member `follow(before, now)`, both of
/// type `task_view const&`, is told by it; one without needs no telling.
template<class Source>
void follow_tasks(Source& source, task_view const& before, task_view const& now)
{
    if constexpr (requires { source.follow(before, now); })
        source.follow(before, now);
}

/// The timers of enabled tasks; each goes on behind its last tick that was handled, or begins with the edit.
template<clock Clock>
void follow_tasks(timer_source<Clock>& source, task_view const& before, task_view const& now)
{
    for (auto const& task : before.tasks)
        for (auto const& timer : task.triggers.timers)
            source.timers().erase(task.name, timer.name);
    for (auto const& task : now.tasks)
        for (auto const& timer : task.triggers.timers) {
            if (!task.is_enabled || !timer.is_enabled)
                continue;
            auto const mark = now.marks.find(timer_mark(task.name, timer.name));
            auto const handled = mark == now.marks.end() ? task.updated : std::max(task.updated, parse_rfc3339(mark->second));
            source.timers().set({task.name, timer.name, parse_cron(timer.schedule)}, handled);
        }
    source.wake();
}

/// The repositories of tasks that want them looked at.
template<git_ref_lister Lister, clock Clock>
void follow_tasks(git_polling<Lister, Clock>& source, task_view const&, task_view const& now)
{
    source.watch(watched_repositories(now.tasks, now.marks));
}

/// The images that tasks stand on.
template<image_resolver Registry, clock Clock>
void follow_tasks(base_image_polling<Registry, Clock>& source, task_view const&, task_view const& now)
{
    source.watch(now.base_images);
    for (auto const& image : now.pushed_images)
        source.hurry(parse_reference(image));
}

/// Each of several sources.
template<trigger_source... Sources>
void follow_tasks(merged_source<Sources...>& sources, task_view const& before, task_view const& now)
{
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (follow_tasks(sources.template get<I>(), before, now), ...);
    }(std::index_sequence_for<Sources...>{});
}
}  // namespace acrx
#endif
