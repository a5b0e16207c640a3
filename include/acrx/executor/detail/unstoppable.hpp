// Awaits an operation to its end although the caller is cancelled meanwhile: for cleaning up.
#ifndef ACRX_EXECUTOR_DETAIL_UNSTOPPABLE_HPP
#define ACRX_EXECUTOR_DETAIL_UNSTOPPABLE_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace acrx::detail {
/// The caller's cancellation stays pending: its next wait throws. Who may have been cancelled before
/// switches `throw_if_cancelled` off around it, or cannot even await this.
inline net::awaitable<void> unstoppable(net::awaitable<void> operation)
{
    // The setting belongs to the whole chain of callers: they get it back.
    bool const throws = co_await net::this_coro::throw_if_cancelled();
    co_await net::this_coro::throw_if_cancelled(false);
    auto const here = co_await net::this_coro::executor;
    auto token = net::bind_cancellation_slot(net::cancellation_slot(), net::use_awaitable);
    std::exception_ptr failure;
    try {
        co_await net::co_spawn(here, std::move(operation), std::move(token));
    } catch (...) {
        failure = std::current_exception();
    }
    co_await net::this_coro::throw_if_cancelled(throws);
    if (failure)
        std::rethrow_exception(failure);
}
}  // namespace acrx::detail
#endif
