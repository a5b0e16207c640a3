// What the steps of a run find instead of the metadata service of the runner's machine.
#ifndef ACRX_RUNNER_CLI_DETAIL_RUN_METADATA_HPP
#define ACRX_RUNNER_CLI_DETAIL_RUN_METADATA_HPP

#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/executor/metadata_service.hpp>
#include <acrx/identity/assigned_tokens.hpp>
#include <acrx/identity/machine_secrets.hpp>
#include <acrx/run/task_identity.hpp>
#include <acrx/triggered_runner/run_output.hpp>

namespace acrx::cli::detail {
/// Gives tokens of the identities of a task; of none, it refuses all requests, and steps are not told of it.
/// @param tokens  of those identities alone
/// @param output  hides tokens before steps have them, and tells why there are none
ACRX_DECL metadata_service metadata_of_run(task_identity const& identity, assigned_tokens<machine_tokens> tokens,
                                           container_executor_kind executor, run_output output);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/run_metadata.ipp>
#endif
#endif
