// Bodies of trigger/cron_schedule.hpp.
#ifndef ACRX_TRIGGER_IMPL_CRON_SCHEDULE_IPP
#define ACRX_TRIGGER_IMPL_CRON_SCHEDULE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/trigger/cron_schedule.hpp>

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>
#include <span>
#include <system_error>
#include <vector>

namespace acrx {
namespace detail {
inline constexpr std::string_view month_names[] = {"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
inline constexpr std::string_view weekday_names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                     "Thursday", "Friday", "Saturday"};

/// What a field of a schedule may hold.
struct cron_field_kind
{
    std::string_view name;
    int low;
    int high;
    std::span<std::string_view const> value_names;  ///< of `low` and what follows; empty if it has none
};

inline constexpr cron_field_kind cron_field_kinds[] = {{"Minute", 0, 59, {}},
                                                       {"Hour", 0, 23, {}},
                                                       {"Day", 1, 31, {}},
                                                       {"Month", 1, 12, month_names},
                                                       {"DayOfWeek", 0, 6, weekday_names}};

/// Reads one field into the set of its values.
class cron_field_reader
{
public:
    cron_field_reader(cron_field_kind const& kind, std::string_view expression)
        : kind_(kind), expression_(expression)
    {}

    std::uint64_t read(std::string_view field) const
    {
        std::uint64_t values = 0;
        for (std::size_t begin = 0; begin <= field.size();) {
            auto const end = std::min(field.find(',', begin), field.size());
            values |= read_item(field.substr(begin, end - begin));
            begin = end + 1;
        }
        return values;
    }

private:
    std::uint64_t read_item(std::string_view item) const
    {
        auto const slash = item.find('/');
        bool const stepped = slash != 0 && slash != item.npos;
        auto const step = stepped ? read_step(item.substr(slash + 1)) : 1;
        auto const range = stepped ? item.substr(0, slash) : item;
        if (range == "*")
            return every(kind_.low, kind_.high, step);
        auto const dash = range.find('-');
        if (dash != 0 && dash != range.npos)
            return every(read_value(range.substr(0, dash)), read_value(range.substr(dash + 1)), step);
        auto const value = read_value(range);
        return every(value, stepped ? kind_.high : value, step);
    }

    static std::uint64_t every(int from, int to, int step)
    {
        std::uint64_t values = 0;
        for (int value = std::min(from, to); value <= std::max(from, to); value += step)
            values |= std::uint64_t{1} << value;
        return values;
    }

    /// At least 1, and not beyond any field.
    int read_step(std::string_view text) const
    {
        auto const number = to_number(text.starts_with('+') ? text.substr(1) : text);
        if (!number)
            refuse_value(text);
        return std::clamp(*number, 1, 100);
    }

    int read_value(std::string_view text) const
    {
        if (text.empty())
            refuse("A crontab field value cannot be empty.");
        bool const numeric = text.front() >= '0' && text.front() <= '9';
        if (!numeric && kind_.value_names.empty())
            refuse_value(text);
        auto const value = numeric ? to_number(text) : find_name(text);
        if (!value)
            refuse_value(text);
        if (*value > kind_.high)
            refuse_bound(*value, "higher than the maximum");
        if (*value < kind_.low)
            refuse_bound(*value, "lower than the minimum");
        return *value;
    }

    /// Numbers beyond an `int` are held at its ends.
    static std::optional<int> to_number(std::string_view text)
    {
        int number = 0;
        auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (end != text.data() + text.size() || code == std::errc::invalid_argument)
            return std::nullopt;
        if (code == std::errc::result_out_of_range)
            return text.front() == '-' ? std::numeric_limits<int>::min() : std::numeric_limits<int>::max();
        return number;
    }

    std::optional<int> find_name(std::string_view prefix) const
    {
        auto const wanted = ascii_lower(prefix);
        auto const names = kind_.value_names;
        auto const found = std::ranges::find_if(
            names, [&](std::string_view name) { return ascii_lower(name).starts_with(wanted); });
        if (found == names.end())
            refuse_name(prefix);
        return kind_.low + static_cast<int>(found - names.begin());
    }

    [[noreturn]] void refuse_value(std::string_view text) const
    {
        refuse("'" + shown(text) + "' is not a valid [" + std::string(kind_.name)
               + "] crontab field value. It must be a numeric value between " + bounds());
    }
    [[noreturn]] void refuse_bound(int value, std::string const& what) const
    {
        refuse(std::to_string(value) + " is " + what + " allowable value for the [" + std::string(kind_.name)
               + "] field. Value must be between " + bounds());
    }
    [[noreturn]] void refuse_name(std::string_view text) const
    {
        std::string names;
        for (auto const& name : kind_.value_names)
            names += (names.empty() ? "" : ", ") + std::string(name);
        refuse("'" + shown(text) + "' is not a known value name. Use one of the following: " + names + ".");
    }
    [[noreturn]] void refuse(std::string const& why) const
    {
        throw error(errc::syntax, "reading the [" + std::string(kind_.name) + "] field of the schedule \""
                                      + shown(expression_) + "\": " + why);
    }

    std::string bounds() const
    {
        return std::to_string(kind_.low) + " and " + std::to_string(kind_.high) + " (all inclusive).";
    }
    static std::string shown(std::string_view text) { return std::string(text.substr(0, 200)); }

    cron_field_kind const& kind_;
    std::string_view expression_;
};

inline std::vector<std::string_view> split_at_spaces(std::string_view text)
{
    std::vector<std::string_view> words;
    for (auto begin = text.find_first_not_of(' '); begin != text.npos; begin = text.find_first_not_of(' ', begin)) {
        auto const end = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

/// The lowest member of `set` that is `from` or above; nothing if there is none.
inline std::optional<int> lowest_member(std::uint64_t set, int from)
{
    auto const rest = from > 63 ? 0 : set >> from << from;
    return rest == 0 ? std::nullopt : std::optional(std::countr_zero(rest));
}

/// Nothing where a `time_point` ends.
inline std::optional<time_point> within_time(std::chrono::sys_time<std::chrono::minutes> t)
{
    using namespace std::chrono;
    return t > floor<minutes>(time_point::max()) ? std::nullopt : std::optional<time_point>(t);
}
}  // namespace detail

ACRX_DECL cron_schedule parse_cron(std::string_view text)
{
    auto const fields = detail::split_at_spaces(text);
    if (fields.size() != std::size(detail::cron_field_kinds))
        throw error(errc::syntax,
                    "reading a schedule: '" + std::string(text.substr(0, 200))
                        + "' is an invalid crontab expression. It must contain 5 components of a schedule in the "
                          "sequence of minutes, hours, days, months, and days of week",
                    "For example, 0 9 * * Mon-Fri is nine o'clock UTC on weekdays.");
    auto const values = [&](std::size_t i) {
        return detail::cron_field_reader(detail::cron_field_kinds[i], text).read(fields[i]);
    };
    cron_schedule schedule;
    schedule.text_ = text;
    schedule.minutes_ = values(0);
    schedule.hours_ = values(1);
    schedule.days_ = values(2);
    schedule.months_ = values(3);
    schedule.weekdays_ = values(4);
    return schedule;
}

ACRX_DECL std::uint32_t cron_schedule::days_of(std::chrono::year_month month) const
{
    using namespace std::chrono;
    if ((months_ >> static_cast<unsigned>(month.month()) & 1) == 0)
        return 0;
    auto const length = static_cast<unsigned>((month / last).day());
    auto const first = weekday(sys_days(month / 1)).c_encoding();
    std::uint32_t fitting = 0;
    for (unsigned day = 1; day <= length; ++day)
        if ((weekdays_ >> ((first + day - 1) % 7) & 1) != 0)
            fitting |= 1U << day;
    return fitting & static_cast<std::uint32_t>(days_);
}

ACRX_DECL std::optional<std::chrono::minutes> cron_schedule::time_of_day(int hour, int minute) const
{
    if ((hours_ >> hour & 1) != 0)
        if (auto const first = detail::lowest_member(minutes_, minute); first)
            return std::chrono::hours(hour) + std::chrono::minutes(*first);
    auto const whole = detail::lowest_member(hours_, hour + 1);
    if (!whole)
        return std::nullopt;
    return std::chrono::hours(*whole) + std::chrono::minutes(*detail::lowest_member(minutes_, 0));
}

ACRX_DECL std::optional<time_point> cron_schedule::next(time_point after) const
{
    using namespace std::chrono;
    auto const earliest = floor<minutes>(after) + minutes(1);
    auto const date = year_month_day(floor<days>(earliest));
    auto const clock = hh_mm_ss(earliest - floor<days>(earliest));

    auto const today = static_cast<int>(static_cast<unsigned>(date.day()));
    auto const time = time_of_day(static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()));

    auto month = date.year() / date.month();
    if (time && (days_of(month) >> today & 1U) != 0)
        return detail::within_time(sys_days(date) + *time);
    auto day_from = today + 1;
    constexpr int horizon = 41 * 12;  // a leap day on a given weekday comes at least once in 40 years
    for (int i = 0; i <= horizon; ++i, month += months(1), day_from = 1)
        if (auto const day = detail::lowest_member(days_of(month), day_from); day)
            return detail::within_time(sys_days(month / *day) + *time_of_day(0, 0));
    return std::nullopt;
}

ACRX_DECL bool cron_schedule::contains(time_point t) const
{
    using namespace std::chrono;
    return next(floor<minutes>(t) - nanoseconds(1)) == time_point(floor<minutes>(t));
}

ACRX_DECL bool cron_schedule::ever_fires() const
{
    return next(time_point{}).has_value();
}
}  // namespace acrx
#endif
