// The dates of HTTP header fields.
#ifndef ACRX_CONTEXT_DETAIL_HTTP_DATE_HPP
#define ACRX_CONTEXT_DETAIL_HTTP_DATE_HPP

#include <acrx/core/clock.hpp>

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::detail {
/// Reads `Tue, 14 Nov 2023 22:13:20 GMT`; nothing for any other text (RFC 9110, 5.6.7: the form that is sent).
inline std::optional<time_point> parse_http_date(std::string_view text)
{
    using namespace std::chrono;
    int day_number = 0, year_number = 0, hour = 0, minute = 0, second = 0;
    char month_name[4] = {};
    auto const wanted = "%*3s, %2d %3s %4d %2d:%2d:%2d GMT";
    if (std::sscanf(std::string(text).c_str(), wanted, &day_number, month_name, &year_number, &hour, &minute, &second) != 6)
        return std::nullopt;
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    auto const at = months.find(month_name);
    if (at == std::string_view::npos || at % 3 != 0)
        return std::nullopt;
    year_month_day const date(year(year_number), month(static_cast<unsigned>(at / 3 + 1)),
                              day(static_cast<unsigned>(day_number)));
    if (!date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    return time_point(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second);
}
}  // namespace acrx::detail
#endif
