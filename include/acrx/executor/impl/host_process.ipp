// Bodies of executor/host_process.hpp.
#ifndef ACRX_EXECUTOR_IMPL_HOST_PROCESS_IPP
#define ACRX_EXECUTOR_IMPL_HOST_PROCESS_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/launch.hpp>
#include <acrx/executor/host_process.hpp>

#include <boost/asio/this_coro.hpp>

#include <exception>
#include <utility>

namespace acrx {
ACRX_DECL host_process::host_process(std::filesystem::path const& state) : step_table(state / "runs") {}

ACRX_DECL net::awaitable<void> host_process::submit(step_spec spec, step_key key)
{
    auto folder = claim(key);
    if (!folder)
        co_return;
    auto const claimed = folder->path();
    std::exception_ptr failure;
    try {
        detail::launch_plan plan;
        plan.start = detail::program_of(spec);
        plan.working_dir = spec.working_dir;
        auto started = co_await detail::launch(std::move(plan));
        detail::started_step step{std::move(started.process), std::move(started.output), spec.timeout};
        follow(co_await net::this_coro::executor, key, std::move(*folder), std::move(step));
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        give_up(claimed);
        std::rethrow_exception(failure);
    }
}
}  // namespace acrx
#endif
