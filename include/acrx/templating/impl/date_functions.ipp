// Bodies of templating/detail/function_groups.hpp: dates.
#ifndef ACRX_TEMPLATING_IMPL_DATE_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_DATE_FUNCTIONS_IPP
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/moment.hpp>

#include <algorithm>
#include <limits>
#include <string_view>

namespace acrx::templating::detail {
/// A time, or seconds since the epoch; anything else is now.
inline moment time_of(call const& c, value const& v)
{
    if (auto const* time = v.if_time())
        return *time;
    auto const* seconds = v.if_integer();
    if (!seconds || v.integers() == integer_type::uint8)
        return c.now();
    moment time;
    constexpr std::int64_t most = 1LL << 53;  // far beyond any date, and safe to add to
    time.seconds = std::clamp(*seconds, -most, most);
    return time;
}

inline value date_in(call const& c, std::string_view layout, value const& time, std::string_view zone)
{
    c.left().check_text(layout.size() * 4);
    return format_time(in_zone(time_of(c, time), zone), layout);
}

inline moment shifted(moment time, std::int64_t nanoseconds)
{
    constexpr std::int64_t second = 1'000'000'000;
    auto const sum = time.nanoseconds + nanoseconds % second;
    time.seconds += nanoseconds / second + (sum >= second ? 1 : sum < 0 ? -1 : 0);
    time.nanoseconds = static_cast<std::int32_t>((sum + second) % second);
    return time;
}

inline value modified(call const& c)
{
    auto const& time = *c[1].if_time();
    auto const by = parse_go_duration(c.text(0));
    return by ? value(shifted(time, *by)) : c[1];
}

/// How long ago, in whole seconds.
inline value ago(call const& c)
{
    constexpr std::int64_t second = 1'000'000'000;
    constexpr auto most = std::numeric_limits<std::int64_t>::max() / second;
    auto const time = time_of(c, c[0]);
    auto const now = c.now();
    auto seconds = std::clamp(now.seconds - time.seconds, -most, most);
    auto const rest = now.nanoseconds - time.nanoseconds;
    seconds += rest >= second / 2 ? 1 : rest <= -second / 2 ? -1 : 0;
    return to_go_duration(std::clamp(seconds, -most, most) * second);
}

inline value to_date(call const& c)
{
    return parse_time(c.text(0), c.text(1)).value_or(moment{});
}

ACRX_DECL function_group date_functions()
{
    auto const in_zone_named = [](call const& c) { return date_in(c, c.text(0), c[1], c.text(2)); };
    return {
        {"now", "", [](call const& c) { return value(c.now()); }},
        {"date", "sa", [](call const& c) { return date_in(c, c.text(0), c[1], "Local"); }},
        {"dateInZone", "sas", in_zone_named},
        {"date_in_zone", "sas", in_zone_named},
        {"htmlDate", "a", [](call const& c) { return date_in(c, "2006-01-02", c[0], "Local"); }},
        {"htmlDateInZone", "as", [](call const& c) { return date_in(c, "2006-01-02", c[0], c.text(1)); }},
        {"dateModify", "st", modified},
        {"date_modify", "st", modified},
        {"toDate", "ss", to_date},
        {"unixEpoch", "t", [](call const& c) { return value(std::to_string(c[0].if_time()->seconds)); }},
        {"ago", "a", ago},
    };
}
}  // namespace acrx::templating::detail
#endif
