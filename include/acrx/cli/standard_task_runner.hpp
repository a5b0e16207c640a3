// The task runner of acrx-quick, compiled once where the library is, and how it is put together.
#ifndef ACRX_CLI_STANDARD_TASK_RUNNER_HPP
#define ACRX_CLI_STANDARD_TASK_RUNNER_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/executor/metadata_service.hpp>
#include <acrx/fwd.hpp>
#include <acrx/task_runner.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acrx {
#if defined(ACRX_COMPILED)
extern template class basic_quick_builder<distribution_client, quick_cache, overlay_snapshotter, quick_executor>;
extern template class basic_task_runner<quick_context, quick_builder, task_executor, distribution_client,
                                        overlay_snapshotter, machine_secrets, system_clock, task_sink>;
#endif
}  // namespace acrx

namespace acrx::cli {
/// What the options ask for; reads standard input if they say so.
/// @param id  of the run
/// @throws usage_error, error
ACRX_DECL task_request to_task_request(task_options const& options, std::string const& id);

/// The task, rendered and checked.
ACRX_DECL net::awaitable<prepared_task> prepare_task(task_options options, state_folder state, task_request request,
                                                     net::any_io_executor pool, std::filesystem::path scratch);
/// What a task may use.
struct task_access
{
    docker_config logins = docker_config();
    std::vector<std::string> hosts = {};         ///< whose logins steps find in their HOME, beside the home registry's
    std::optional<machine_secrets> secrets = {};  ///< nothing: all that this machine has
    /// Stands for the metadata service of this machine's cloud in the networks of steps; nothing: they reach that.
    std::optional<metadata_service> metadata = {};
};

/// Runs the task by the standard policies: `task_runner`.
ACRX_DECL net::awaitable<task_result> run_task(task_options options, state_folder state, task_request request,
                                               net::any_io_executor pool, task_sink log,
                                               task_access access = {});
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/standard_task_runner.ipp>
#endif
#endif
