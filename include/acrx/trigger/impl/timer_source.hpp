// Bodies of trigger/timer_source.hpp.
#ifndef ACRX_TRIGGER_IMPL_TIMER_SOURCE_HPP
#define ACRX_TRIGGER_IMPL_TIMER_SOURCE_HPP
#include <acrx/trigger/timer_source.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace acrx {
template<clock Clock>
timer_source<Clock>::timer_source(Clock clock, timer_table timers)
    : clock_(std::move(clock)), timers_(std::move(timers))
{}

template<clock Clock>
net::awaitable<std::optional<trigger_event>> timer_source<Clock>::next()
{
    constexpr std::chrono::nanoseconds longest_sleep = std::chrono::minutes(1);
    for (;;) {
        auto const now = clock_.now();
        given_ = timers_.due(now);
        if (given_)
            co_return trigger_event{.id = {}, .provider = {}, .what = *given_};
        auto const due = timers_.next_due();
        auto const time = due ? std::min(longest_sleep, *due - now) : longest_sleep;
        co_await waker_.sleep(time);
    }
}

template<clock Clock>
net::awaitable<void> timer_source<Clock>::acknowledge()
{
    if (given_)
        timers_.handle(*given_);
    given_.reset();
    co_return;
}

template<clock Clock>
void timer_source<Clock>::wake()
{
    waker_.wake();
}

static_assert(trigger_source<timer_source<system_clock>>);
}  // namespace acrx
#endif
