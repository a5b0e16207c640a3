// The command `acrx-quick build`, from its options to its exit status.
#ifndef ACRX_CLI_BUILD_COMMAND_HPP
#define ACRX_CLI_BUILD_COMMAND_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/config.hpp>

namespace acrx::cli {
/// Builds, shows what happens, and records the run in the state folder: `runs/ID.json` and `runs/ID.log`.
///
/// Handles SIGINT and SIGTERM while it runs: the first stops the build and leaves the state as it was, the second ends
/// the process at once. Errors are shown on `streams.err`; none is thrown.
ACRX_DECL exit_status build(build_options const& options, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/build_command.ipp>
#endif
#endif
