// From the options of `acrx-quick build` to a quick task and its request.
#ifndef ACRX_CLI_QUICK_BUILD_HPP
#define ACRX_CLI_QUICK_BUILD_HPP

#include <acrx/build/check_dockerfile.hpp>
#include <acrx/build/progress.hpp>
#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/environment.hpp>
#include <acrx/core/config.hpp>
#include <acrx/quick_task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli {
/// The environment of this process.
ACRX_DECL environment process_environment();

/// What the options ask for.
/// @param run_id  fills `{{.Run.ID}}` in names
/// @throws usage_error  for a value that no build could use
/// @throws error (`errc::not_found`)  if the context or the Dockerfile is missing
ACRX_DECL quick_request to_request(build_options const& options, std::string_view run_id, environment const& variables);

/// The platforms that the options ask for, each once. @throws usage_error
ACRX_DECL std::vector<platform> platforms_of(build_options const& options);
/// The only one. @throws usage_error
ACRX_DECL platform platform_of(build_options const& options);
/// What another machine than this one may be asked for. @throws usage_error
ACRX_DECL void check_machine_platform(platform const& wanted);
/// That of the machine which does the work, where this one does not build by itself. @throws usage_error
ACRX_DECL platform machine_platform_of(build_options const& options);

/// The values that must be shown nowhere.
ACRX_DECL std::vector<std::string> secrets_of(quick_request const& request);

/// Runs the request by the standard policies: `quick_task`.
///
/// @param pool      the executor of a thread pool
/// @param progress  also told of uploads
ACRX_DECL net::awaitable<quick_result> run_quick_task(build_options options, state_folder state, quick_request request,
                                                      net::any_io_executor pool, progress_sink progress);

/// Checks the Dockerfile of the request by the standard policies.
ACRX_DECL net::awaitable<check_result> run_check(build_options options, state_folder state, quick_request request,
                                                 net::any_io_executor pool);

/// The text of the Dockerfile of the request, whose context is fetched for it.
ACRX_DECL net::awaitable<std::string> read_dockerfile_of(build_options options, state_folder state, quick_request request,
                                                         net::any_io_executor pool);

/// Learns what the layers of an image hold, from its registry, and keeps it for later builds.
/// @return how many layers were looked at
ACRX_DECL net::awaitable<std::size_t> index_image(index_options options, state_folder state, net::any_io_executor pool,
                                                  progress_sink progress);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/quick_build.ipp>
#include <acrx/cli/impl/run_quick_task.ipp>
#endif
#endif
