// The trigger sources of acrx-runner: timers, and looks at repositories and base images.
#ifndef ACRX_RUNNER_CLI_STANDARD_TRIGGERS_HPP
#define ACRX_RUNNER_CLI_STANDARD_TRIGGERS_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/fwd.hpp>
#include <acrx/trigger.hpp>

#include <functional>
#include <string>

namespace acrx::cli {
/// What fires without being told; webhooks come by the server.
using standard_triggers = merged_source<timer_source<system_clock>, git_polling<git_ls_remote, system_clock>,
                                        base_image_polling<distribution_client, system_clock>>;

/// @param options  how registries are reached
/// @param trouble  told of repositories and registries that cannot be asked; without secrets
ACRX_DECL standard_triggers make_standard_triggers(build_options const& options, state_folder const& state,
                                                   std::function<void(std::string const&)> trouble);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/standard_triggers.ipp>
#endif
#endif
