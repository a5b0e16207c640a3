// Bodies of server/run_metrics.hpp.
#ifndef ACRX_SERVER_IMPL_RUN_METRICS_IPP
#define ACRX_SERVER_IMPL_RUN_METRICS_IPP
#include <acrx/core/clock.hpp>
#include <acrx/server/run_metrics.hpp>

#include <algorithm>
#include <chrono>

namespace acrx {
namespace detail {
inline double seconds_between(time_point begin, time_point end)
{
    return std::max(0.0, std::chrono::duration<double>(end - begin).count());  // a clock may be set back
}
}  // namespace detail

ACRX_DECL void measure_run(runner_metrics& metrics, run_record const& run)
{
    if (run.status == run_status::running && run.started)
        metrics.observe("acrx_run_queue_seconds", "From the record of a run to its start.", waiting_buckets,
                        detail::seconds_between(run.created, *run.started), {{"pool", run.agent_pool}});
    if (!is_final(run.status))
        return;
    std::string const status(to_string(run.status));
    metrics.count("acrx_runs_total", "Runs that ended.",
                  {{"task", run.task}, {"trigger", std::string(kind_name(run.cause.event))}, {"status", status}});
    if (run.started && run.finished)
        metrics.observe("acrx_run_duration_seconds", "From the start of a run to its end.", run_buckets,
                        detail::seconds_between(*run.started, *run.finished), {{"status", status}});
}
}  // namespace acrx
#endif
