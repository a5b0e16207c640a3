// How the options of a command become the policies of its build.
#ifndef ACRX_CLI_DETAIL_POLICIES_HPP
#define ACRX_CLI_DETAIL_POLICIES_HPP

#include <acrx/build/progress.hpp>
#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/fwd.hpp>
#include <acrx/quick_task.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <string>

namespace acrx::cli::detail {
/// How registries are reached; uploads and warnings are told to `progress`.
ACRX_DECL registry_options connection_of(build_options const& options, state_folder const& state,
                                         progress_sink const& progress);
/// How the web and repositories are reached.
ACRX_DECL context_options fetching_of(build_options const& options, state_folder const& state,
                                      progress_sink const& progress);
/// @throws error  if CONTEXT is no location, or the file of an access token is not to be read
ACRX_DECL quick_context context_of(build_options const& options, quick_request const& request,
                                   distribution_client registry, progress_sink const& progress);
/// The cache of the state folder.
ACRX_DECL standard_layer_cache cache_of(build_options const& options, state_folder const& state);
/// @param closed_group  of `make_closed_group`, for steps in the network of this machine; empty for none
ACRX_DECL quick_executor executor_of(build_options const& options, state_folder const& state,
                                     std::string const& closed_group = {});
/// Warns on `strand`: its warnings come from the threads that unpack.
ACRX_DECL overlay_snapshotter snapshots_of(state_folder const& state, net::any_io_executor strand,
                                           progress_sink progress);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/policies.ipp>
#endif
#endif
