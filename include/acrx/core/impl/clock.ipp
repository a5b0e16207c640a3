// Bodies of core/clock.hpp.
#ifndef ACRX_CORE_IMPL_CLOCK_IPP
#define ACRX_CORE_IMPL_CLOCK_IPP
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>

#include <charconv>
#include <cstdio>
#include <string_view>

namespace acrx {
ACRX_DECL std::string to_rfc3339(time_point t)
{
    using namespace std::chrono;
    auto const day = floor<days>(t);
    year_month_day const date(day);
    hh_mm_ss const time(floor<seconds>(t - day));
    auto const fraction = (t - floor<seconds>(t)).count();
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()));
    std::string result = text;
    if (fraction != 0) {
        std::snprintf(text, sizeof text, ".%09ld", static_cast<long>(fraction));
        result += text;
        result.erase(result.find_last_not_of('0') + 1);
    }
    return result + "Z";
}

ACRX_DECL time_point parse_rfc3339(std::string_view text)
{
    using namespace std::chrono;
    std::string_view rest = text;
    auto const refuse = [&] {
        throw error(errc::syntax, "reading the time \"" + std::string(text.substr(0, 64)) + "\"");
    };
    auto const number = [&](std::size_t digits) {
        int value = 0;
        auto const [end, failure] = std::from_chars(rest.data(), rest.data() + std::min(digits, rest.size()), value);
        if (rest.size() < digits || failure != std::errc{} || end != rest.data() + digits)
            refuse();
        rest.remove_prefix(digits);
        return value;
    };
    auto const expect = [&](char a, char b) {
        if (rest.empty() || (rest.front() != a && rest.front() != b))
            refuse();
        rest.remove_prefix(1);
    };
    int const y = number(4);
    expect('-', '-');
    int const mo = number(2);
    expect('-', '-');
    int const d = number(2);
    expect('T', 't');
    int const h = number(2);
    expect(':', ':');
    int const mi = number(2);
    expect(':', ':');
    int const s = number(2);
    year_month_day const date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    // Nanoseconds since 1970 in 64 bits end in 1677 and in 2262.
    if (!date.ok() || y < 1678 || y > 2261 || h > 23 || mi > 59 || s > 60)
        refuse();
    nanoseconds fraction{0};
    if (!rest.empty() && rest.front() == '.') {
        rest.remove_prefix(1);
        nanoseconds unit = 100ms;
        for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; rest.remove_prefix(1), unit /= 10)
            fraction += unit * (rest.front() - '0');
    }
    minutes offset{0};
    if (rest == "Z" || rest == "z") {
        rest = {};
    } else {
        int const sign = !rest.empty() && rest.front() == '-' ? -1 : 1;
        expect('+', '-');
        int const oh = number(2);
        expect(':', ':');
        int const om = number(2);
        offset = sign * (hours(oh) + minutes(om));
    }
    if (!rest.empty())
        refuse();
    return time_point(sys_days(date)) + hours(h) + minutes(mi) + seconds(s) + fraction - offset;
}
}  // namespace acrx
#endif
