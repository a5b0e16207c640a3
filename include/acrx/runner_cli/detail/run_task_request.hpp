// What a task runner is asked for a recorded run.
#ifndef ACRX_RUNNER_CLI_DETAIL_RUN_TASK_REQUEST_HPP
#define ACRX_RUNNER_CLI_DETAIL_RUN_TASK_REQUEST_HPP

#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/task_runner.hpp>
#include <acrx/triggered_runner.hpp>

#include <filesystem>
#include <string>

namespace acrx::cli::detail {
/// The options of one run: those of all runs, and its context and platform.
/// @param secrets  an empty folder for what the run alone may read
/// @throws error (`errc::invalid_argument`) for a context on this machine
ACRX_DECL task_options options_of_run(task_options common, run_order const& order, std::filesystem::path const& secrets);

/// The task of the run. A Docker step is a task of a build and a push.
ACRX_DECL task_request request_of_run(run_order const& order, task_options const& options);

ACRX_DECL acrx::run_outcome to_outcome(task_result result);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/run_task_request.ipp>
#endif
#endif
