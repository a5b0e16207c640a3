// Timer schedules: five crontab fields and the instants they name, in UTC (the rule of ACR Tasks).
#ifndef ACRX_TRIGGER_CRON_SCHEDULE_HPP
#define ACRX_TRIGGER_CRON_SCHEDULE_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// The minutes that a schedule such as `0 9-17 * * Mon-Fri` names; made by `parse_cron`.
///
/// A minute belongs to it if its minute, hour, day, month and day of week all do: day *and* day of week.
class cron_schedule
{
public:
    /// The first instant of the schedule strictly after `after`, whose seconds count: after 12:00:30, `* * * * *`
    /// gives 12:01:00. Nothing if there is none within 41 years, which is none at all, or none before the year 2262.
    /// Looks at months, not at minutes: at most 492 of them.
    ACRX_DECL std::optional<time_point> next(time_point after) const;
    /// Whether the instant's minute belongs to the schedule.
    ACRX_DECL bool contains(time_point t) const;
    /// Whether any date fits: `0 0 31 2 *` is well formed and never fires.
    ACRX_DECL bool ever_fires() const;

    /// The expression as it was given.
    std::string const& text() const noexcept { return text_; }
    bool operator==(cron_schedule const&) const = default;

private:
    friend ACRX_DECL cron_schedule parse_cron(std::string_view text);
    /// The days of a month that fit, bit 1 being the first.
    ACRX_DECL std::uint32_t days_of(std::chrono::year_month month) const;

    /// The first time of a day, from `hour:minute` on.
    ACRX_DECL std::optional<std::chrono::minutes> time_of_day(int hour, int minute) const;

    std::string text_;
    std::uint64_t minutes_ = 0;  ///< bit 0 to 59
    std::uint64_t hours_ = 0;    ///< bit 0 to 23
    std::uint64_t days_ = 0;     ///< bit 1 to 31
    std::uint64_t months_ = 0;   ///< bit 1 to 12
    std::uint64_t weekdays_ = 0; ///< bit 0 (Sunday) to 6
};

/// Reads `minute hour day month day-of-week`, separated by spaces. A field is a list of `*`, `a` or `a-b`, each with an
/// optional `/step`; months and days of week have English names, of which any prefix in any case will do.
/// A range that is given backwards is swapped; a step below 1 counts as 1; `a/n` goes on to the end of the field.
/// @throws error (`errc::syntax`) naming the field and what it may hold
ACRX_DECL cron_schedule parse_cron(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/cron_schedule.ipp>
#endif
#endif
