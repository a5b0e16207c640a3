// The command `acrx-quick build --check`, from its options to its exit status.
#ifndef ACRX_CLI_CHECK_COMMAND_HPP
#define ACRX_CLI_CHECK_COMMAND_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/config.hpp>

namespace acrx::cli {
/// Checks the Dockerfile and shows what is found on `streams.out`; builds and records nothing.
///
/// @return `build_failed` if anything is found
/// Errors are shown on `streams.err`; none is thrown.
ACRX_DECL exit_status check(build_options const& options, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/check_command.ipp>
#endif
#endif
