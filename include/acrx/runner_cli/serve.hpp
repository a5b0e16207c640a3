// `acrx-runner serve`: the API, the triggers and the runs in one process.
#ifndef ACRX_RUNNER_CLI_SERVE_HPP
#define ACRX_RUNNER_CLI_SERVE_HPP

#include <acrx/cli/console.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/config.hpp>
#include <acrx/runner_cli/serve_options.hpp>

namespace acrx::cli {
/// Serves until SIGTERM or Ctrl-C: then it begins no more runs, waits for those that go on up to `drain`, and stops
/// them. SIGHUP reads tokens and certificates again. Its log goes to standard error.
/// @throws usage_error for options that do not go together, e.g. an address of the network without tokens
ACRX_DECL exit_status serve(serve_options const& options, console& streams);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/serve.ipp>
#endif
#endif
