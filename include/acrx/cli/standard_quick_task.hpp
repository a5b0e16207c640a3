// The quick task of acrx-quick, compiled once where the library is.
#ifndef ACRX_CLI_STANDARD_QUICK_TASK_HPP
#define ACRX_CLI_STANDARD_QUICK_TASK_HPP

#include <acrx/fwd.hpp>
#include <acrx/quick_task.hpp>
#include <acrx/registry/distribution_client.hpp>

namespace acrx {
#if defined(ACRX_COMPILED)
extern template class basic_distribution_client<docker_config>;
extern template class basic_layer_store<distribution_client>;
extern template class basic_solver<distribution_client, build_cache<distribution_client, quick_cache>, overlay_snapshotter,
                                   quick_executor>;
extern template class basic_quick_task<quick_context, distribution_client, quick_cache, overlay_snapshotter,
                                       quick_executor>;
#endif
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/standard_quick_task.ipp>
#endif
#endif
