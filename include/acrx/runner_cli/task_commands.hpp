// `acrx-runner task …` and `taskrun …`: talks to a server, or works on the state folder where none runs.
#ifndef ACRX_RUNNER_CLI_TASK_COMMANDS_HPP
#define ACRX_RUNNER_CLI_TASK_COMMANDS_HPP

#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/config.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

namespace acrx::cli {
/// Carries out a command and shows what comes of it. `task run` ends as its run does.
/// @throws error, usage_error
ACRX_DECL exit_status run_task_arguments(task_arguments const& arguments, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/task_commands.ipp>
#endif
#endif
