// What a running task tells, and the concept of what listens.
#ifndef ACRX_TASK_TASK_EVENT_HPP
#define ACRX_TASK_TASK_EVENT_HPP

#include <acrx/build/progress.hpp>
#include <acrx/task/step_graph.hpp>
#include <acrx/task/step_schedule.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace acrx {
/// The task is known; nothing has begun.
struct task_planned
{
    std::vector<std::string> ids;  ///< of the steps, in the order of the task
    step_graph graph = {};         ///< which of them waits for which
};
/// An attempt of a step begins. Steps are named by their index in the task.
struct step_began
{
    std::size_t step = 0;
    unsigned attempt = 1;  ///< further ones are retries and repetitions
};
/// Output of a container, as it comes, without secrets.
struct step_printed
{
    std::size_t step = 0;
    std::string bytes;
};
/// What the builder tells about a build step.
struct step_built
{
    std::size_t step = 0;
    progress_event event;
};
/// A step is over; a detached one has started.
struct step_ended
{
    std::size_t step = 0;
    step_status status = step_status::successful;
    std::string error;  ///< why it failed, without secrets; also set for a failure that is ignored
};
/// Something about a step, or the run, that is no failure; also transfers of images that containers need.
struct task_note
{
    build_note::severity level = build_note::severity::information;
    std::string text;  ///< without secrets
};

using task_event = std::variant<task_planned, step_began, step_printed, step_built, step_ended, task_note>;

/// A type that takes the events of a run, one after another, on the strand of the run: returns soon, does not throw.
///
/// | for `L log`, `task_event const& event` | is   | means            |
/// |----------------------------------------|------|------------------|
/// | `log(event)`                           | void | this has happened |
template<class L>
concept task_log = std::movable<L> && std::invocable<L&, task_event const&>;

/// The usual model.
using task_sink = std::function<void(task_event const&)>;
static_assert(task_log<task_sink>);
}  // namespace acrx
#endif
