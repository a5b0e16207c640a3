// What a command asks of a runner: the files to send and the request of the run, from its options.
#ifndef ACRX_CLI_DETAIL_REMOTE_ORDER_HPP
#define ACRX_CLI_DETAIL_REMOTE_ORDER_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/environment.hpp>
#include <acrx/cli/task_options.hpp>
#include <acrx/core/config.hpp>
#include <acrx/remote/context_parcel.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace acrx::cli::detail {
/// One run at a runner.
struct remote_order
{
    context_parcel parcel = {};     ///< to send first; empty: the request names its context, or has none
    boost::json::object request = {};  ///< of `scheduleRun`; without `sourceLocation` where a parcel gives it
    std::chrono::seconds limit{};   ///< after which the command cancels it
};

/// Gives what comes on standard input.
using input_reader = std::function<std::string()>;

/// @throws usage_error, error for files that are not there, as the same command here does
ACRX_DECL remote_order order_of_build(build_options const& options, environment const& variables, input_reader const& input);
ACRX_DECL remote_order order_of_task(task_options const& options, input_reader const& input);
/// The parcel of a folder of this machine whose Dockerfile may lie anywhere.
/// @param file  as given: counted from the current directory; empty is that of the folder
/// @param name  filled in: what the Dockerfile is called in the parcel
ACRX_DECL context_parcel parcel_with_dockerfile(std::filesystem::path const& folder, std::filesystem::path const& file, std::string& name);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/remote_order.ipp>
#endif
#endif
