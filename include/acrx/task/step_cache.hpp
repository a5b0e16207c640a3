// Where a build step with `cache: enabled` keeps its layers.
#ifndef ACRX_TASK_STEP_CACHE_HPP
#define ACRX_TASK_STEP_CACHE_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// The image that holds the cached layers of a step, or why there is none.
struct step_cache
{
    std::string reference;  ///< `HOST/PATH:cache_TASK_STEP`; empty if there is none
    std::string problem;    ///< what to log then
};

/// Beside the first of `tags` that names a registry, else beside the first one in `registry`.
/// @param task_name  empty for a quick run
/// @param registry   host of the run; empty if it has none
ACRX_DECL step_cache find_step_cache(std::vector<std::string> const& tags, std::string_view step_id,
                                     std::string_view task_name, std::string_view registry);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/step_cache.ipp>
#endif
#endif
