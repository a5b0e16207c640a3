// The steps of a run as they go on: what waits for what, and where each stands.
#ifndef ACRX_RUN_RUN_STEPS_HPP
#define ACRX_RUN_RUN_STEPS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/task/step_schedule.hpp>
#include <acrx/task/task_event.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace acrx {
/// One step of a run.
struct tracked_step
{
    std::string id = {};
    step_kind kind = step_kind::cmd;
    std::vector<std::string> when = {};  ///< ids of the steps that it waits for
    step_status status = step_status::skipped;
    unsigned attempt = 0;                ///< 0 before it begins; above 1 for retries and repetitions
    std::optional<time_point> started = {};
    std::optional<time_point> finished = {};
    std::string error = {};              ///< why it failed, without secrets
};

/// Follows the events of a run.
class run_steps
{
public:
    /// Takes note of an event. @return whether it changed a step
    ACRX_DECL bool take(task_event const& event, time_point now);
    /// In the order of the task; none before the task is known.
    std::vector<tracked_step> const& all() const noexcept { return steps_; }

private:
    std::vector<tracked_step> steps_;
};

/// A JSON array on one line; times are RFC 3339.
ACRX_DECL std::string to_json(std::span<tracked_step const> steps);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/run_steps.ipp>
#endif
#endif
