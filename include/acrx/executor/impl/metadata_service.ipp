// Bodies of executor/metadata_service.hpp.
#ifndef ACRX_EXECUTOR_IMPL_METADATA_SERVICE_IPP
#define ACRX_EXECUTOR_IMPL_METADATA_SERVICE_IPP
#include <acrx/executor/metadata_service.hpp>

#include <algorithm>

namespace acrx {
ACRX_DECL void add_identity_variables(std::vector<std::string>& env, metadata_service const& service,
                                      std::string const& origin)
{
    bool const is_set = std::ranges::any_of(env, [](std::string const& item) {
        return item.starts_with("IDENTITY_ENDPOINT=") || item.starts_with("IDENTITY_HEADER=");
    });
    if (is_set || service.path.empty() || origin.empty())
        return;
    env.push_back("IDENTITY_ENDPOINT=" + origin + service.path);
    env.push_back("IDENTITY_HEADER=" + service.key);
}
}  // namespace acrx
#endif
