// Wakes whoever waits for a change.
#ifndef ACRX_TRIGGERED_RUNNER_BELL_HPP
#define ACRX_TRIGGERED_RUNNER_BELL_HPP

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
#include <cstdint>
#include <list>
#include <memory>
#include <utility>

namespace acrx {
/// A counter of changes that can be waited for. Copies share it.
///
/// Read `count`, look at what may have changed, then `wait_past` the count: no change is missed.
/// @par Thread safety
/// Shared objects: one strand.
class bell
{
public:
    /// Counts a change, and wakes all who wait.
    void ring()
    {
        ++state_->count;
        for (auto* timer : state_->sleepers)
            timer->cancel();
    }
    std::uint64_t count() const noexcept { return state_->count; }

    /// Waits until `count` is past `seen`, at most `longest`; a cancelled wait throws `operation_aborted`.
    net::awaitable<void> wait_past(std::uint64_t seen, std::chrono::nanoseconds longest) const
    {
        auto const state = state_;
        if (state->count != seen)
            co_return;
        net::steady_timer timer(co_await net::this_coro::executor, longest);
        sleeper const here(state, timer);
        boost::system::error_code ended;
        co_await timer.async_wait(net::redirect_error(net::use_awaitable, ended));
        auto const cancellation = co_await net::this_coro::cancellation_state;
        if (cancellation.cancelled() != net::cancellation_type::none)
            throw boost::system::system_error(net::error::operation_aborted);
    }

private:
    struct shared
    {
        std::uint64_t count = 0;
        std::list<net::steady_timer*> sleepers;
    };
    /// Stands in the list as long as it lives.
    class sleeper
    {
    public:
        sleeper(std::shared_ptr<shared> state, net::steady_timer& timer)
            : state_(std::move(state)), place_(state_->sleepers.insert(state_->sleepers.end(), &timer))
        {}
        sleeper(sleeper const&) = delete;
        sleeper& operator=(sleeper const&) = delete;
        ~sleeper() { state_->sleepers.erase(place_); }

    private:
        std::shared_ptr<shared> state_;
        std::list<net::steady_timer*>::iterator place_;
    };
    std::shared_ptr<shared> state_ = std::make_shared<shared>();
};
}  // namespace acrx
#endif
