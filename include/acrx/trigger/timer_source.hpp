// The trigger source for timers.
#ifndef ACRX_TRIGGER_TIMER_SOURCE_HPP
#define ACRX_TRIGGER_TIMER_SOURCE_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/trigger/detail/waker.hpp>
#include <acrx/trigger/timer_table.hpp>
#include <acrx/trigger/trigger_event.hpp>
#include <acrx/trigger/trigger_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>

namespace acrx {
/// Tells the ticks of the timers in its table.
///
/// @tparam Clock  what time it is; the source sleeps by the steady clock, but at most a minute before it asks again, so
///                that a clock that jumps is noticed
///
/// Never ends. Must stay in place while `next` is awaited.
/// @par Thread safety
/// Shared objects: one strand.
template<clock Clock>
class timer_source
{
public:
    explicit timer_source(Clock clock = Clock{}, timer_table timers = timer_table{});

    net::awaitable<std::optional<trigger_event>> next();
    net::awaitable<void> acknowledge();

    /// The timers; call `wake` after an edit, and after turning a clock by hand.
    timer_table& timers() noexcept { return timers_; }
    /// Lets `next` look at the clock and the timers again.
    void wake();

private:
    Clock clock_;
    timer_table timers_;
    std::optional<timer_tick> given_;
    detail::waker waker_;
};
}  // namespace acrx

#include <acrx/trigger/impl/timer_source.hpp>
#endif
