// Bodies of task/step_schedule.hpp.
#ifndef ACRX_TASK_IMPL_STEP_SCHEDULE_IPP
#define ACRX_TASK_IMPL_STEP_SCHEDULE_IPP
#include <acrx/task/step_schedule.hpp>

#include <cassert>
#include <utility>

namespace acrx {
ACRX_DECL std::string_view to_string(step_status status) noexcept
{
    switch (status) {
    case step_status::skipped: return "skipped";
    case step_status::in_progress: return "inprogress";
    case step_status::successful: return "successful";
    case step_status::failed: return "failed";
    case step_status::canceled: return "canceled";
    }
    return {};
}

ACRX_DECL step_schedule::step_schedule(std::vector<task_step> const& steps, std::string const& file)
    : graph_(steps, file), status_(steps.size(), step_status::skipped)
{
    for (std::size_t i = 0; i < steps.size(); ++i) {
        ignores_errors_.push_back(steps[i].ignore_errors);
        waits_for_.push_back(graph_[i].after.size());
        if (graph_[i].after.empty())
            ready_.insert(i);
    }
}

ACRX_DECL std::vector<std::size_t> step_schedule::start()
{
    if (is_stopping())
        return {};
    std::vector<std::size_t> now(ready_.begin(), ready_.end());
    ready_.clear();
    for (auto const step : now)
        status_[step] = step_status::in_progress;
    running_.insert(now.begin(), now.end());
    return now;
}

ACRX_DECL std::vector<std::size_t> step_schedule::stop()
{
    std::vector<std::size_t> now;
    if (is_stopping())
        for (auto const step : running_)
            if (told_to_stop_.insert(step).second)
                now.push_back(step);
    return now;
}

ACRX_DECL void step_schedule::finished(std::size_t step, step_outcome outcome)
{
    assert(running_.contains(step));
    running_.erase(step);
    if (outcome == step_outcome::canceled) {
        status_[step] = step_status::canceled;
        is_canceled_ = is_canceled_ || !first_failure_;
        return;
    }
    if (outcome == step_outcome::failed && !ignores_errors_[step]) {
        status_[step] = step_status::failed;
        if (!is_stopping())
            first_failure_ = step;
        return;
    }
    status_[step] = step_status::successful;
    for (auto const next : graph_[step].before)
        if (--waits_for_[next] == 0)
            ready_.insert(next);
}

ACRX_DECL std::vector<std::size_t> step_schedule::started() const
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < status_.size(); ++i)
        if (status_[i] != step_status::skipped)
            all.push_back(i);
    return all;
}
}  // namespace acrx
#endif
