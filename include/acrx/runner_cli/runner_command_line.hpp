// Reads the command line of acrx-runner.
#ifndef ACRX_RUNNER_CLI_RUNNER_COMMAND_LINE_HPP
#define ACRX_RUNNER_CLI_RUNNER_COMMAND_LINE_HPP

#include <acrx/cli/command_line.hpp>
#include <acrx/core/config.hpp>
#include <acrx/runner_cli/serve_options.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

#include <string>
#include <variant>
#include <vector>

namespace acrx::cli {
/// What acrx-runner was asked for.
using runner_command = std::variant<shown_text, serve_options, task_arguments>;

/// @param args     without the name of the program
/// @throws usage_error  naming the option and what it accepts
ACRX_DECL runner_command parse_runner_command_line(std::vector<std::string> args);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/runner_command_line.ipp>
#endif
#endif
