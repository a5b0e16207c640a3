// Bodies of cli/standard_registry.hpp.
#ifndef ACRX_CLI_IMPL_STANDARD_REGISTRY_IPP
#define ACRX_CLI_IMPL_STANDARD_REGISTRY_IPP
#include <acrx/cli/detail/policies.hpp>
#include <acrx/cli/standard_registry.hpp>

namespace acrx::cli {
ACRX_DECL distribution_client standard_registry(build_options const& options, state_folder const& state)
{
    return distribution_client(docker_config(), detail::connection_of(options, state, {}));
}
}  // namespace acrx::cli
#endif
