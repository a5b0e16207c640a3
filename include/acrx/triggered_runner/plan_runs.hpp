// Which runs an event starts: events and tasks in, runs to record out.
#ifndef ACRX_TRIGGERED_RUNNER_PLAN_RUNS_HPP
#define ACRX_TRIGGERED_RUNNER_PLAN_RUNS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/trigger/git_polling.hpp>
#include <acrx/trigger/trigger_event.hpp>
#include <acrx/triggered_runner/base_image_book.hpp>
#include <acrx/triggered_runner/task_table.hpp>

#include <string>
#include <vector>

namespace acrx {
/// What an event comes to.
struct run_plan
{
    std::vector<new_run> runs = {};
    run_marks marks = {};
    shared_marks shared = {};
    std::vector<std::string> passed = {};  ///< for each task that looked at it and does not run, why
};

/// A run of a stored task.
///
/// @param changes  of this run alone; also `platform` and the like come from the task
/// @throws error (`errc::invalid_argument`) for a system task, or a change that its step has no place for
ACRX_DECL new_run make_run(task_definition const& task, step_override const& changes, run_cause cause);
/// A run that is no task's. @param request  of any kind but `stored_task`
ACRX_DECL new_run make_run(run_request request, run_cause cause);

/// The runs that an event starts. One of a commit builds exactly that commit, whatever its branch is by then. One of a
/// pull request from a fork gets no secrets, and pushes nothing.
/// @param book  takes note of image updates
ACRX_DECL run_plan plan_runs(trigger_event const& event, task_table const& tasks, base_image_book& book, time_point now);

/// The names of marks: the last tick of a timer that was handled, and where a branch stood when it was looked at.
ACRX_DECL std::string timer_mark(std::string const& task, std::string const& timer);
ACRX_DECL std::string branch_mark(std::string const& repository_url, std::string const& branch);

/// The repositories that a task wants to be looked at, with what the marks know of their branches; none if it is disabled.
ACRX_DECL std::vector<watched_repository> watched_repositories(task_definition const& task, run_marks const& marks);

/// The context with another commit in place of its branch; as it is, if it is no repository.
ACRX_DECL std::string context_at(std::string const& context, std::string const& commit);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/triggered_runner/impl/plan_runs.ipp>
#endif
#endif
