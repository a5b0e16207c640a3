// Bodies of http/back_off.hpp.
#ifndef ACRX_HTTP_IMPL_BACK_OFF_IPP
#define ACRX_HTTP_IMPL_BACK_OFF_IPP
#include <acrx/http/back_off.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string>

namespace acrx {
ACRX_DECL std::optional<std::chrono::milliseconds> back_off::next(std::optional<std::chrono::seconds> asked)
{
    if (++failures_ >= policy_.tries)
        return std::nullopt;
    if (asked)
        return std::min<std::chrono::milliseconds>(*asked, policy_.retry_after_ceiling);
    auto const doubled = policy_.base * (std::int64_t{1} << std::min(failures_ - 1, 20));
    auto const longest = std::min<std::chrono::milliseconds>(doubled, policy_.ceiling);
    // Between half and all of it, so that many clients do not come back together.
    std::uniform_int_distribution<std::int64_t> part(longest.count() / 2, longest.count());
    return std::chrono::milliseconds(part(chance_));
}

ACRX_DECL std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, time_point now)
{
    long long seconds = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failed == std::errc{} && end == text.data() + text.size() && seconds >= 0)
        return std::chrono::seconds(seconds);
    int day = 0, year = 0, hour = 0, minute = 0, second = 0;
    char month[4] = {};
    if (std::sscanf(std::string(text).c_str(), "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month, &year, &hour, &minute, &second) != 6)
        return std::nullopt;
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    auto const at = months.find(month);
    if (at == months.npos || at % 3 != 0)
        return std::nullopt;
    using namespace std::chrono;
    auto const date = year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(at / 3 + 1)),
                                     std::chrono::day(static_cast<unsigned>(day)));
    auto const then = sys_days(date) + hours(hour) + minutes(minute) + std::chrono::seconds(second);
    return std::max(std::chrono::seconds(0), ceil<std::chrono::seconds>(then - now));
}
}  // namespace acrx
#endif
