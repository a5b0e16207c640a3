// Tells sources of triggers what the stored tasks want to be told.
#ifndef ACRX_TRIGGERED_RUNNER_FOLLOW_TASKS_HPP
#define ACRX_TRIGGERED_RUNNER_FOLLOW_TASKS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/trigger/base_image_polling.hpp>
#include <acrx/trigger/git_polling.hpp>
#include <acrx/trigger/merge.hpp>
#include <acrx/trigger/timer_source.hpp>
#include <acrx/triggered_runner/plan_runs.hpp>
#include <acrx/triggered_runner/task_table.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// A task and what an edit made of it.
struct task_change
{
    std::string name = {};     ///< in small letters
    known_task before = {};  ///< nothing: it is new
    known_task now = {};     ///< nothing: it was removed
};

/// What is otherwise than a source of triggers was told last.
struct task_changes
{
    std::vector<task_change> tasks = {};
    run_marks marks = {};                         ///< of the timers and branches of these tasks: what was accepted
    std::map<std::string, bool> base_images = {}; ///< tags in the normal form; whether they are to be looked at
    bool are_all = false;                         ///< these are all tasks there are
    std::vector<std::string> pushed_images = {};  ///< of those looked at, tags that were pushed, and nobody told the digest

    bool is_empty() const { return tasks.empty() && base_images.empty() && pushed_images.empty(); }
};

/// Tells a source of the tasks: at the start of all, then of what has changed. A source of your own that has a member
/// `follow(changes)`, of type `task_changes const&`, is told by it; one without needs no telling.
template<class Source>
void follow_tasks(Source& source, task_changes const& changes)
{
    if constexpr (requires { source.follow(changes); })
        source.follow(changes);
}

/// The timers of enabled tasks; each goes on behind its last tick that was handled, or begins with the edit.
template<clock Clock>
void follow_tasks(timer_source<Clock>& source, task_changes const& changes)
{
    for (auto const& change : changes.tasks) {
        if (change.before)
            for (auto const& timer : change.before->triggers.timers)
                source.timers().erase(change.before->name, timer.name);
        if (!change.now || !change.now->is_enabled)
            continue;
        for (auto const& timer : change.now->triggers.timers) {
            if (!timer.is_enabled)
                continue;
            auto const& task = *change.now;
            auto const mark = changes.marks.find(timer_mark(task.name, timer.name));
            auto const handled = mark == changes.marks.end() ? task.updated : std::max(task.updated, parse_rfc3339(mark->second));
            source.timers().set({task.name, timer.name, parse_cron(timer.schedule)}, handled);
        }
    }
    source.wake();
}

/// The repositories of tasks that want them looked at.
template<git_ref_lister Lister, clock Clock>
void follow_tasks(git_polling<Lister, Clock>& source, task_changes const& changes)
{
    for (auto const& change : changes.tasks)
        source.watch(change.name, change.now ? watched_repositories(*change.now, changes.marks) : std::vector<watched_repository>());
}

/// The images that tasks stand on.
template<image_resolver Registry, clock Clock>
void follow_tasks(base_image_polling<Registry, Clock>& source, task_changes const& changes)
{
    for (auto const& [image, is_tracked] : changes.base_images)
        if (is_tracked)
            source.watch(image);
        else
            source.unwatch(image);
    for (auto const& image : changes.pushed_images)
        source.hurry(parse_reference(image));
}

/// Each of several sources.
template<trigger_source... Sources>
void follow_tasks(merged_source<Sources...>& sources, task_changes const& changes)
{
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (follow_tasks(sources.template get<I>(), changes), ...);
    }(std::index_sequence_for<Sources...>{});
}
}  // namespace acrx
#endif
