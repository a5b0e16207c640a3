// Which step may start when, as a value without clock, process or thread.
#ifndef ACRX_TASK_STEP_SCHEDULE_HPP
#define ACRX_TASK_STEP_SCHEDULE_HPP

#include <acrx/core/config.hpp>
#include <acrx/task/step_graph.hpp>
#include <acrx/task/task_step.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace acrx {
/// Where a step is.
enum class step_status
{
    skipped,  ///< not started; final for steps that the run never reached
    in_progress,
    successful,  ///< also one that failed and ignores errors
    failed,
    canceled,  ///< stopped because another step failed, or the run was
};

/// `skipped`, `inprogress`, `successful`, `failed`, `canceled`.
ACRX_DECL std::string_view to_string(step_status status) noexcept;

/// How a step ended.
enum class step_outcome
{
    succeeded,
    failed,
    canceled,  ///< it was told to stop
};

/// Takes the steps of a task through a run: says what to start and what to stop, is told what has ended.
///
///     step_schedule schedule(task.steps);
///     while (!schedule.is_done())
///         for (auto step : schedule.start()) ...          // start it; a detached one is over once it runs:
///                                                         //   schedule.finished(step, succeeded)
///         ... wait for one to end: schedule.finished(step, outcome);
///         for (auto step : schedule.stop()) ...           // stop it; it still ends with finished(step, canceled)
///
/// After the first failure nothing starts any more, and all that runs is to be stopped.
class step_schedule
{
public:
    /// @param steps  finished (see `finish_task`); not referred to later
    /// @param file   of the task, for messages
    /// @throws task_error  as `step_graph`
    ACRX_DECL explicit step_schedule(std::vector<task_step> const& steps, std::string const& file = {});

    /// The steps that can start now, in the order of the file; they are in progress from here on.
    ACRX_DECL std::vector<std::size_t> start();
    /// The steps that must be stopped now, each told once: what is in progress after a failure, or after `cancel`.
    ACRX_DECL std::vector<std::size_t> stop();
    /// A step has ended; a detached one, has started.
    /// A step that ignores errors counts as successful when it failed. @pre it is in progress
    ACRX_DECL void finished(std::size_t step, step_outcome outcome);
    /// Ends the run: nothing starts any more.
    void cancel() noexcept { is_canceled_ = true; }

    /// Whether nothing is in progress and nothing will start.
    bool is_done() const noexcept { return running_.empty() && (is_stopping() || ready_.empty()); }
    /// Whether all steps were successful; says something only when `is_done()`.
    bool succeeded() const noexcept { return !is_stopping(); }
    /// The step whose failure ended the run.
    std::optional<std::size_t> first_failure() const noexcept { return first_failure_; }
    bool is_canceled() const noexcept { return is_canceled_; }

    step_status status(std::size_t step) const noexcept { return status_[step]; }
    /// The steps that were started, rising: what a run must clean up after.
    ACRX_DECL std::vector<std::size_t> started() const;
    step_graph const& graph() const noexcept { return graph_; }

private:
    bool is_stopping() const noexcept { return is_canceled_ || first_failure_.has_value(); }

    step_graph graph_;
    std::vector<bool> ignores_errors_;
    std::vector<step_status> status_;
    std::vector<std::size_t> waits_for_;  ///< how many predecessors have not ended yet
    std::set<std::size_t> ready_;
    std::set<std::size_t> running_;
    std::set<std::size_t> told_to_stop_;
    std::optional<std::size_t> first_failure_;
    bool is_canceled_ = false;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/step_schedule.ipp>
#endif
#endif
