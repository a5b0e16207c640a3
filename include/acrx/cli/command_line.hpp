// Reads the command line of acrx-quick.
#ifndef ACRX_CLI_COMMAND_LINE_HPP
#define ACRX_CLI_COMMAND_LINE_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>

#include <string>
#include <variant>
#include <vector>

namespace acrx::cli {
/// What was asked for is a text: the help of a command, or the version.
struct shown_text
{
    std::string text;
};

using command = std::variant<shown_text, build_options, task_options, list_options, inspect_options, prune_options, usage_options, index_options>;

/// @param args     without the name of the program
/// @throws usage_error  naming the option and what it accepts
ACRX_DECL command parse_command_line(std::vector<std::string> args);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/command_line.ipp>
#endif
#endif
