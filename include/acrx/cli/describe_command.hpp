// `acrx-quick build --call=outline|targets`: what a Dockerfile offers.
#ifndef ACRX_CLI_DESCRIBE_COMMAND_HPP
#define ACRX_CLI_DESCRIBE_COMMAND_HPP

#include <acrx/build/outline.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/config.hpp>

#include <string>
#include <vector>

namespace acrx::cli {
/// Columns, or a JSON document.
ACRX_DECL std::string targets_text(std::vector<build_target> const& targets, output_format format);
/// The same; parts that are empty are left out.
ACRX_DECL std::string outline_text(build_outline const& outline, output_format format);

/// Reads the Dockerfile and shows its targets, or the outline of one, on `streams.out`; builds and records nothing.
/// Errors are shown on `streams.err`; none is thrown.
ACRX_DECL exit_status describe(build_options const& options, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/describe_command.ipp>
#endif
#endif
