// Awaits several operations at once; the first failure cancels the others.
#ifndef ACRX_CORE_WHEN_ALL_HPP
#define ACRX_CORE_WHEN_ALL_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <list>
#include <utility>
#include <vector>

namespace acrx {
/// Runs all operations on the caller's executor, at most `limit` at a time in their order, and waits until every one
/// that was started has ended.
///
/// @param limit  0 means no limit
/// Rethrows the first failure, after the others were cancelled and have ended. Cancellation of the caller cancels all.
/// @par Thread safety  the caller's executor must be a single thread or a strand
inline net::awaitable<void> when_all(std::vector<net::awaitable<void>> operations, std::size_t limit = 0)
{
    auto const executor = co_await net::this_coro::executor;
    net::steady_timer changed(executor, net::steady_timer::time_point::max());
    std::list<net::cancellation_signal> signals;
    std::exception_ptr failure;
    std::size_t running = 0;
    std::size_t next = 0;

    auto const cancel_all = [&] {
        for (auto& signal : signals)
            signal.emit(net::cancellation_type::terminal);
    };
    auto const start = [&](net::awaitable<void> operation) {
        ++running;
        auto& signal = signals.emplace_back();
        auto ended = [&](std::exception_ptr e) {
            --running;
            if (e && !failure)
                failure = e;
            changed.cancel();
        };
        net::co_spawn(executor, std::move(operation), net::bind_cancellation_slot(signal.slot(), ended));
    };

    // The setting belongs to the whole chain of callers: they get it back.
    bool const throws = co_await net::this_coro::throw_if_cancelled();
    co_await net::this_coro::throw_if_cancelled(false);
    bool told = false;
    while (running > 0 || (next < operations.size() && !failure)) {
        while (!failure && next < operations.size() && (limit == 0 || running < limit))
            start(std::move(operations[next++]));
        if (running == 0)
            continue;
        boost::system::error_code ignored;  // the timer only ever ends by being cancelled
        co_await changed.async_wait(net::redirect_error(net::use_awaitable, ignored));
        auto const state = co_await net::this_coro::cancellation_state;
        if (state.cancelled() != net::cancellation_type::none && !failure)
            failure = std::make_exception_ptr(boost::system::system_error(net::error::operation_aborted));
        if (failure && !told) {
            told = true;
            cancel_all();
        }
    }
    co_await net::this_coro::throw_if_cancelled(throws);
    if (failure)
        std::rethrow_exception(failure);
}
}  // namespace acrx
#endif
