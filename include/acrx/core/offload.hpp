// Runs a function on a pool of threads while the caller's coroutine waits.
#ifndef ACRX_CORE_OFFLOAD_HPP
#define ACRX_CORE_OFFLOAD_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace acrx {
namespace detail {
template<class T>
struct offload_result
{
    std::stop_source stop;
    std::exception_ptr failure;
    std::optional<T> value;
    T take() { return std::move(*value); }
    template<class F>
    void run(F& work)
    {
        value.emplace(work(stop.get_token()));
    }
};

template<>
struct offload_result<void>
{
    std::stop_source stop;
    std::exception_ptr failure;
    void take() {}
    template<class F>
    void run(F& work)
    {
        work(stop.get_token());
    }
};
}  // namespace detail

/// Runs `work` on `pool` and resumes on the caller's own executor with its result.
///
/// @param pool  where to run: the executor of a `thread_pool`
/// @param work  takes a `std::stop_token`, on which cancellation of the caller asks it to stop early;
///              it is copied or moved into the operation
/// @return      what `work` returns; what it throws is rethrown
/// Cancellation waits for `work` to return, so what `work` refers to stays valid.
template<class F>
net::awaitable<std::invoke_result_t<F&, std::stop_token>> offload(net::any_io_executor pool, F work)
{
    using result_type = detail::offload_result<std::invoke_result_t<F&, std::stop_token>>;
    auto const home = co_await net::this_coro::executor;
    auto result = std::make_shared<result_type>();
    auto job = std::make_shared<F>(std::move(work));

    auto start = [home, pool, result, job](auto handler) {
        auto slot = net::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([weak = std::weak_ptr(result)](net::cancellation_type) {
                if (auto alive = weak.lock())
                    alive->stop.request_stop();
            });
        auto back = net::prefer(home, net::execution::outstanding_work.tracked);
        net::post(pool, [back, result, job, h = std::move(handler)]() mutable {
            try {
                result->run(*job);
            } catch (...) {
                result->failure = std::current_exception();
            }
            net::post(back, [handler_ = std::move(h)]() mutable { std::move(handler_)(); });
        });
    };
    co_await net::async_initiate<net::use_awaitable_t<> const, void()>(start, net::use_awaitable);
    if (result->failure)
        std::rethrow_exception(result->failure);
    co_return result->take();
}
}  // namespace acrx
#endif
