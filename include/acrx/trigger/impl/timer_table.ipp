// Bodies of trigger/timer_table.hpp.
#ifndef ACRX_TRIGGER_IMPL_TIMER_TABLE_IPP
#define ACRX_TRIGGER_IMPL_TIMER_TABLE_IPP
#include <acrx/core/error.hpp>
#include <acrx/trigger/timer_table.hpp>

#include <algorithm>
#include <deque>

namespace acrx {
ACRX_DECL void timer_table::schedule(key const& k, entry& e, std::optional<time_point> next)
{
    if (e.next)
        queue_.erase({*e.next, k});
    e.next = next;
    if (next)
        queue_.emplace(*next, k);
}

ACRX_DECL void timer_table::set(timer const& t, time_point handled)
{
    if (!t.schedule.ever_fires())
        throw error(errc::invalid_argument,
                    "setting the timer " + t.name + " of " + t.task + ": \"" + t.schedule.text() + "\" names no date",
                    "A month of the schedule must have one of its days.");
    key const k{t.task, t.name};
    auto& e = timers_[k];
    e.schedule = t.schedule;
    schedule(k, e, t.schedule.next(handled));
}

ACRX_DECL void timer_table::erase(std::string const& task, std::string const& name)
{
    auto const at = timers_.find({task, name});
    if (at == timers_.end())
        return;
    schedule(at->first, at->second, std::nullopt);
    timers_.erase(at);
}

/// Of the ticks from `e.next` to now, the oldest that the policy keeps.
ACRX_DECL std::optional<time_point> timer_table::oldest_kept(entry const& e, time_point now) const
{
    auto const age = policy_ == missed_ticks::none ? std::chrono::seconds(60) : limit_;
    auto const most = policy_ == missed_ticks::each ? most_missed_ticks : 1;
    std::deque<time_point> kept;
    auto const from = std::max(*e.next - std::chrono::nanoseconds(1), now - age - std::chrono::nanoseconds(1));
    for (auto at = e.schedule.next(from); at && *at <= now; at = e.schedule.next(*at)) {
        if (now - *at <= age)
            kept.push_back(*at);
        if (kept.size() > most)
            kept.pop_front();
    }
    return kept.empty() ? std::nullopt : std::optional(kept.front());
}

ACRX_DECL std::optional<timer_tick> timer_table::due(time_point now)
{
    while (!queue_.empty() && queue_.begin()->first <= now) {
        auto const k = queue_.begin()->second;
        auto& e = timers_.at(k);
        auto const tick = oldest_kept(e, now);
        if (!tick) {
            schedule(k, e, e.schedule.next(now));
            continue;
        }
        if (*tick == *e.next)
            return timer_tick{k.first, k.second, *tick};
        schedule(k, e, tick);  // others may be older now
    }
    return std::nullopt;
}

ACRX_DECL void timer_table::handle(timer_tick const& tick)
{
    auto const at = timers_.find({tick.task, tick.timer});
    if (at != timers_.end() && at->second.next && *at->second.next <= tick.occurrence)
        schedule(at->first, at->second, at->second.schedule.next(tick.occurrence));
}

ACRX_DECL std::optional<time_point> timer_table::next_due() const
{
    return queue_.empty() ? std::nullopt : std::optional(queue_.begin()->first);
}
}  // namespace acrx
#endif
