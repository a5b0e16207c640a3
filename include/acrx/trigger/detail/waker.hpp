// A sleep that can be cut short.
#ifndef ACRX_TRIGGER_DETAIL_WAKER_HPP
#define ACRX_TRIGGER_DETAIL_WAKER_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <optional>

namespace acrx::detail {
/// For one sleeper at a time, on one strand.
class waker
{
public:
    /// Sleeps for `time`, or until `wake`; a cancelled sleep throws `operation_aborted`.
    net::awaitable<void> sleep(std::chrono::nanoseconds time)
    {
        timer_.emplace(co_await net::this_coro::executor, time);
        boost::system::error_code ended;
        co_await timer_->async_wait(net::redirect_error(net::use_awaitable, ended));
        timer_.reset();
        auto const state = co_await net::this_coro::cancellation_state;
        if (state.cancelled() != net::cancellation_type::none)
            throw boost::system::system_error(net::error::operation_aborted);
    }

    void wake()
    {
        if (timer_)
            timer_->cancel();
    }

private:
    std::optional<net::steady_timer> timer_;
};
}  // namespace acrx::detail
#endif
