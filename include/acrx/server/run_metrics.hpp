// What the beginning and the end of a run add to the metrics.
#ifndef ACRX_SERVER_RUN_METRICS_HPP
#define ACRX_SERVER_RUN_METRICS_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/server/runner_metrics.hpp>

namespace acrx {
/// Counts runs that ended, and measures how long they waited and took. To be called once for each status of a run.
ACRX_DECL void measure_run(runner_metrics& metrics, run_record const& run);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/run_metrics.ipp>
#endif
#endif
