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
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace acrx {
namespace detail {
/// What an awaited operation came to: a value, or an exception.
template<class T>
struct settled
{
    std::exception_ptr failure;
    std::optional<T> value;
};

template<>
struct settled<void>
{
    std::exception_ptr failure;
};

/// Never throws: `||` waits for its other side when one throws, and an error must not wait for the deadline.
template<class T>
net::awaitable<settled<T>> settle(net::awaitable<T> operation)
{
    settled<T> result;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(operation);
        } else {
            auto value = co_await std::move(operation);
            result.value.emplace(std::move(value));
        }
    } catch (...) {
        result.failure = std::current_exception();
    }
    co_return result;
}
}  // namespace detail

/// Awaits `operation`, and cancels it when `limit` has passed.
///
/// @param doing  for the error text, as in `error`
/// @throws error (`errc::timed_out`) when the limit came first; else what the operation throws, at once
template<class T>
net::awaitable<T> with_deadline(net::awaitable<T> operation, std::chrono::milliseconds limit, std::string doing)
{
    using namespace net::experimental::awaitable_operators;
    net::steady_timer timer(co_await net::this_coro::executor, limit);
    auto outcome = co_await (detail::settle(std::move(operation)) || timer.async_wait(net::use_awaitable));
    if (outcome.index() == 1)
        throw error(errc::timed_out, doing);
    auto& result = std::get<0>(outcome);
    if (result.failure)
        std::rethrow_exception(result.failure);
    if constexpr (!std::is_void_v<T>)
        co_return std::move(*result.value);
}
}  // namespace acrx
#endif
