// Starts a process by its plan and reports what went wrong on its way to exec.
#ifndef ACRX_EXECUTOR_DETAIL_LAUNCH_HPP
#define ACRX_EXECUTOR_DETAIL_LAUNCH_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/launch_plan.hpp>
#include <acrx/executor/detail/step_process.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace acrx::detail {
/// A process that has executed its program, or has said in its output why it could not.
struct launched_process
{
    step_process process;
    unique_fd output;                      ///< the end of the pipe to read from
    std::vector<std::string> made_points;  ///< mount points that were made inside the root, in order
};

/// Starts the plan in a new process that dies with the calling thread.
///
/// Standard output and error are one pipe, which keeps their order; the user of the plan owns it.
/// @throws error (`errc::no_permission`) if the kernel refuses namespaces or mounts, naming what refused
ACRX_DECL net::awaitable<launched_process> launch(launch_plan plan);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/launch.ipp>
#endif
#endif
