// A value that is made once, however many coroutines ask for it.
#ifndef ACRX_CORE_ASYNC_ONCE_HPP
#define ACRX_CORE_ASYNC_ONCE_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace acrx {
/// The first caller of `get` makes the value; callers that come meanwhile wait for it, later ones have it at once.
/// A failure is kept and rethrown to everyone. For one strand; must outlive its callers.
template<class T>
class async_once
{
public:
    /// @param make  the operation that makes the value; awaited by the first caller only
    net::awaitable<T> get(net::awaitable<T> make)
    {
        if (!ended_)
            co_await first_or_wait(std::move(make));
        if (failure_)
            std::rethrow_exception(failure_);
        co_return *value_;
    }

private:
    net::awaitable<void> first_or_wait(net::awaitable<T> make)
    {
        if (done_) {
            boost::system::error_code ended;
            co_await done_->async_wait(net::redirect_error(net::use_awaitable, ended));
            if (!ended_)  // it was the waiting that was cancelled
                throw boost::system::system_error(net::error::operation_aborted);
            co_return;
        }
        done_.emplace(co_await net::this_coro::executor, net::steady_timer::time_point::max());
        try {
            auto made = co_await std::move(make);
            value_ = std::move(made);
        } catch (...) {
            failure_ = std::current_exception();
        }
        ended_ = true;
        done_->cancel();
    }

    std::optional<net::steady_timer> done_;
    std::optional<T> value_;
    std::exception_ptr failure_;
    bool ended_ = false;
};
}  // namespace acrx
#endif
