// The one instantiation of the templates that a quick task consists of.
#ifndef ACRX_CLI_IMPL_STANDARD_QUICK_TASK_IPP
#define ACRX_CLI_IMPL_STANDARD_QUICK_TASK_IPP
#include <acrx/cli/standard_quick_task.hpp>

#if defined(ACRX_COMPILED)
namespace acrx {
template class basic_distribution_client<docker_config>;
template class basic_layer_store<distribution_client>;
template class basic_solver<distribution_client, build_cache<distribution_client, quick_cache>, overlay_snapshotter,
                                   quick_executor>;
template class basic_quick_task<quick_context, distribution_client, quick_cache, overlay_snapshotter, quick_executor>;
}  // namespace acrx
#endif
#endif
