// Bounds the time that an awaited operation may take.
#ifndef ACRX_CORE_DEADLINE_HPP
#define ACRX_CORE_DEADLINE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <variant>

namespace acrx {
/// Awaits `operation`, and cancels it when `limit` has passed.
///
/// @param doing  for the error text, as in `error`
/// @throws error (`errc::timed_out`) when the limit came first
template<class T>
net::awaitable<T> with_deadline(net::awaitable<T> operation, std::chrono::milliseconds limit, std::string doing)
{
    using namespace net::experimental::awaitable_operators;
    net::steady_timer timer(co_await net::this_coro::executor, limit);
    auto outcome = co_await (std::move(operation) || timer.async_wait(net::use_awaitable));
    if (outcome.index() == 1)
        throw error(errc::timed_out, doing);
    if constexpr (!std::is_void_v<T>)
        co_return std::get<0>(std::move(outcome));
}
}  // namespace acrx
#endif
