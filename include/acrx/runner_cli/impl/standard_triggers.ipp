// Bodies of runner_cli/standard_triggers.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_STANDARD_TRIGGERS_IPP
#define ACRX_RUNNER_CLI_IMPL_STANDARD_TRIGGERS_IPP
#include <acrx/cli/standard_registry.hpp>
#include <acrx/runner_cli/standard_triggers.hpp>

#include <chrono>
#include <random>
#include <utility>

namespace acrx::cli {
ACRX_DECL standard_triggers make_standard_triggers(build_options const& options, state_folder const& state,
                                                   std::function<void(std::string const&)> trouble)
{
    std::function<void(std::string const&, std::string const&)> const tell = [trouble = std::move(trouble)](std::string const& what, std::string const& why) {
        if (trouble)
            trouble("looking at " + what + ": " + why);
    };
    poll_plan plan({}, std::random_device{}());
    return merge(timer_source<system_clock>(),
                 git_polling(git_ls_remote(), system_clock(), std::chrono::seconds(60), tell),
                 base_image_polling(standard_registry(options, state), system_clock(), std::move(plan), tell));
}
}  // namespace acrx::cli
#endif
