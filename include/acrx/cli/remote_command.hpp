// `acrx-quick build` and `run` at a runner: sends the context, shows the log, ends as the run does.
#ifndef ACRX_CLI_REMOTE_COMMAND_HPP
#define ACRX_CLI_REMOTE_COMMAND_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>

#include <string_view>

namespace acrx::cli {
/// How a command ends whose run has ended with this status, a word of the API.
ACRX_DECL exit_status status_of_run(std::string_view word);

/// Builds at the runner that `options.runner` or the environment names.
///
/// SIGINT and SIGTERM, and a `timeout` of less than a runner's least, cancel the run there. When the runner cannot be
/// reached any more the run goes on, and the command ends with an error. Errors are shown on `streams.err`; none is thrown.
ACRX_DECL exit_status build_remotely(build_options const& options, console& streams);
/// The same for a task.
ACRX_DECL exit_status run_remotely(task_options const& options, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/remote_command.ipp>
#endif
#endif
