// The command `acrx-quick index`, from its options to its exit status.
#ifndef ACRX_CLI_INDEX_COMMAND_HPP
#define ACRX_CLI_INDEX_COMMAND_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/config.hpp>

namespace acrx::cli {
/// Indexes the layers of an image, and publishes the index if asked to. @throws error
ACRX_DECL exit_status index(index_options const& options, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/index_command.ipp>
#endif
#endif
