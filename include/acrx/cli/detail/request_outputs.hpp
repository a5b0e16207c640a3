// From the outputs as given to those of a request: names resolved, contradictions refused.
#ifndef ACRX_CLI_DETAIL_REQUEST_OUTPUTS_HPP
#define ACRX_CLI_DETAIL_REQUEST_OUTPUTS_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/quick_task.hpp>

#include <string_view>

namespace acrx::cli::detail {
/// Fills in the names to push and to keep, the outputs and the form of the image.
/// @throws usage_error  for what contradicts itself or names a place that cannot be written
ACRX_DECL void add_outputs(quick_request& request, build_options const& options, std::string_view run_id);

/// Whether one of the outputs goes to standard output: nothing else may be printed there then.
ACRX_DECL bool writes_to_stdout(build_options const& options);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/request_outputs.ipp>
#endif
#endif
