// Body of executor/run_step.hpp.
#ifndef ACRX_EXECUTOR_IMPL_RUN_STEP_HPP
#define ACRX_EXECUTOR_IMPL_RUN_STEP_HPP
#include <acrx/executor/detail/unstoppable.hpp>
#include <acrx/executor/run_step.hpp>

#include <cstdint>
#include <exception>
#include <utility>

namespace acrx {
namespace detail {
template<class E, class Sink>
net::awaitable<step_state> follow_step(E& executor, step_key const& key, Sink& sink)
{
    std::uint64_t offset = 0;
    for (bool ended = false; !ended;) {
        auto const piece = co_await executor.log(key, offset);
        if (!piece.bytes.empty())
            sink(std::string_view(piece.bytes));
        offset += piece.bytes.size();
        ended = piece.ended;
    }
    auto const state = co_await executor.observe(key);
    co_return state;
}
}  // namespace detail

template<step_executor E, std::invocable<std::string_view> Sink>
net::awaitable<step_state> run_step(E& executor, step_spec const& spec, step_key key, Sink sink,
                                    std::chrono::milliseconds grace)
{
    co_await executor.submit(spec, key);
    std::exception_ptr failure;
    step_state state;
    try {
        state = co_await detail::follow_step(executor, key, sink);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        // What was cancelled, perhaps more than once, must still wait for the end of the processes.
        bool const throws = co_await net::this_coro::throw_if_cancelled();
        co_await net::this_coro::throw_if_cancelled(false);
        auto end = executor.cancel(key, grace);
        co_await detail::unstoppable(std::move(end));
        co_await net::this_coro::throw_if_cancelled(throws);
        std::rethrow_exception(failure);
    }
    co_return state;
}
}  // namespace acrx
#endif
