// `acrx-quick run`, `exec` and `render`.
#ifndef ACRX_CLI_TASK_COMMAND_HPP
#define ACRX_CLI_TASK_COMMAND_HPP

#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>

namespace acrx::cli {
/// Runs a task, or shows what it is: see `task_action`. Errors are shown, too.
ACRX_DECL exit_status run_task_command(task_options const& options, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/task_command.ipp>
#endif
#endif
