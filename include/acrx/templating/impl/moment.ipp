// Bodies of templating/moment.hpp: durations, and the instant in another zone.
#ifndef ACRX_TEMPLATING_IMPL_MOMENT_IPP
#define ACRX_TEMPLATING_IMPL_MOMENT_IPP
#include <acrx/templating/impl/time_layout.ipp>
#include <acrx/templating/impl/time_parse.ipp>
#include <acrx/templating/impl/time_zone.ipp>
#include <acrx/templating/moment.hpp>

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace acrx::templating {
ACRX_DECL moment in_zone(moment time, std::string_view zone)
{
    auto const found = detail::zone_at(zone, time.seconds);
    time.offset = found.offset;
    time.zone = found.name;
    return time;
}

ACRX_DECL std::optional<std::int64_t> parse_go_duration(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 8> units{
        {{"ns", 1}, {"us", 1000}, {"\u00B5s", 1000}, {"\u03BCs", 1000}, {"ms", 1'000'000},
         {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}}};
    auto const negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text == "0")
        return 0;
    if (text.empty())
        return std::nullopt;
    long double total = 0;
    while (!text.empty()) {
        auto const number = text.substr(0, text.find_first_not_of("0123456789."));
        text.remove_prefix(number.size());
        auto const unit = text.substr(0, text.find_first_of("0123456789."));
        text.remove_prefix(unit.size());
        if (number.empty() || number == "." || number.find('.') != number.rfind('.'))
            return std::nullopt;
        std::int64_t size = 0;
        for (auto const& [name, nanoseconds] : units)
            if (name == unit)
                size = nanoseconds;
        long double count = 0;
        auto const done = std::from_chars(number.data(), number.data() + number.size(), count);
        if (size == 0 || done.ec != std::errc{})
            return std::nullopt;
        total += count * static_cast<long double>(size);
    }
    if (total >= static_cast<long double>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    auto const nanoseconds = static_cast<std::int64_t>(total + 1e-6L);
    return negative ? -nanoseconds : nanoseconds;
}

ACRX_DECL std::string to_go_duration(std::int64_t nanoseconds)
{
    if (nanoseconds == 0)
        return "0s";
    auto const negative = nanoseconds < 0;
    auto const n = negative ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
    auto const with_fraction = [](std::uint64_t value, std::uint64_t unit) {
        auto text = std::to_string(value / unit);
        if (auto const rest = value % unit; rest != 0) {
            auto digits = std::to_string(unit + rest).substr(1);
            digits.erase(digits.find_last_not_of('0') + 1);
            text += '.' + digits;
        }
        return text;
    };
    std::string const sign = negative ? "-" : "";
    if (n < 1000)
        return sign + std::to_string(n) + "ns";
    if (n < 1'000'000)
        return sign + with_fraction(n, 1000) + "\u00B5s";
    if (n < 1'000'000'000)
        return sign + with_fraction(n, 1'000'000) + "ms";
    auto const minutes = n / 60'000'000'000;
    auto text = with_fraction(n % 60'000'000'000, 1'000'000'000) + "s";
    if (minutes > 0)
        text = std::to_string(minutes % 60) + 'm' + text;
    if (minutes >= 60)
        text = std::to_string(minutes / 60) + 'h' + text;
    return sign + text;
}
}  // namespace acrx::templating
#endif
