// The timers of all tasks: which ticks are due, and when to look again.
#ifndef ACRX_TRIGGER_TIMER_TABLE_HPP
#define ACRX_TRIGGER_TIMER_TABLE_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/trigger/cron_schedule.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// What becomes of ticks that passed while nobody looked.
enum class missed_ticks
{
    none,  ///< they are gone; a tick counts as missed after a minute
    one,   ///< one run for all of a timer: of the newest
    each,  ///< one run for each, of the newest `most_missed_ticks`
};

/// How many missed ticks of one timer `missed_ticks::each` catches up with.
inline constexpr std::size_t most_missed_ticks = 100;

/// A timer that starts runs of a task.
struct timer
{
    std::string task;
    std::string name;
    cron_schedule schedule;
};

/// The timers that are enabled, each with the last tick that was handled.
///
/// Computes from instants that come from outside: a clock that is set back fires nothing twice, one that jumps ahead
/// misses ticks. A tick is handed out until it is handled. Not for several threads at once.
class timer_table
{
public:
    /// @param limit  missed ticks older than this are gone under every policy
    explicit timer_table(missed_ticks policy = missed_ticks::one,
                         std::chrono::seconds limit = std::chrono::hours(24))
        : policy_(policy), limit_(limit)
    {}

    /// Adds a timer, or replaces the one of the same task and name. O(log timers).
    /// @param handled  its last tick that was handled, or when it was made or edited: only later ticks fire
    /// @throws error (`errc::invalid_argument`) if its schedule never fires
    ACRX_DECL void set(timer const& t, time_point handled);
    ACRX_DECL void erase(std::string const& task, std::string const& name);

    /// The oldest tick that is due, which stays due until `handle`. Ticks that the policy gives up are skipped.
    /// O(log timers), and O(ticks within the limit) for a timer that missed some.
    ACRX_DECL std::optional<timer_tick> due(time_point now);
    /// No earlier tick of this timer will be due.
    ACRX_DECL void handle(timer_tick const& tick);
    /// When a tick will be due; before now if one is. Nothing without timers.
    ACRX_DECL std::optional<time_point> next_due() const;

    std::size_t size() const noexcept { return timers_.size(); }

private:
    using key = std::pair<std::string, std::string>;  ///< task, name
    struct entry
    {
        cron_schedule schedule;
        std::optional<time_point> next;
    };

    ACRX_DECL void schedule(key const& k, entry& e, std::optional<time_point> next);
    ACRX_DECL std::optional<time_point> oldest_kept(entry const& e, time_point now) const;

    missed_ticks policy_;
    std::chrono::seconds limit_;
    std::map<key, entry> timers_;
    std::set<std::pair<time_point, key>> queue_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/timer_table.ipp>
#endif
#endif
