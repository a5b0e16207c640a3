// Bodies of cli/quantities.hpp.
#ifndef ACRX_CLI_IMPL_QUANTITIES_IPP
#define ACRX_CLI_IMPL_QUANTITIES_IPP
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/quantities.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace acrx::cli {
ACRX_DECL std::string to_size_text(std::uint64_t bytes)
{
    if (bytes < 1000)
        return fmt::format("{}B", bytes);
    constexpr std::array units{"kB", "MB", "GB", "TB", "PB", "EB"};
    auto value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    for (; value >= 999.5 && unit + 1 < units.size(); ++unit)
        value /= 1000;
    return value < 99.95 ? fmt::format("{:.1f}{}", value, units[unit]) : fmt::format("{:.0f}{}", value, units[unit]);
}

ACRX_DECL std::uint64_t parse_size(std::string_view text)
{
    auto const refuse = [&] {
        return usage_error(fmt::format("'{}' is not a size", text), "Write bytes, or a number with kB, MB, GB or GiB.");
    };
    double number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || !(number >= 0))
        throw refuse();
    std::string unit(end, text.data() + text.size());
    for (auto& letter : unit)
        letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    if (unit.ends_with("b"))
        unit.pop_back();
    double const base = unit.ends_with("i") ? 1024 : 1000;
    if (unit.ends_with("i"))
        unit.pop_back();
    constexpr std::string_view powers = " kmgtp";
    auto const power = unit.empty() && base == 1000 ? 0 : powers.find(unit);
    if (unit.size() > 1 || power == std::string_view::npos || (unit.empty() && base != 1000))
        throw refuse();
    for (std::size_t i = 0; i < power; ++i)
        number *= base;
    if (number >= 9.2e18)
        throw refuse();
    return static_cast<std::uint64_t>(number);
}

ACRX_DECL std::string to_duration_text(std::chrono::nanoseconds time)
{
    auto const seconds = std::chrono::duration<double>(time).count();
    if (seconds < 59.95)
        return fmt::format("{:.1f}s", seconds < 0 ? 0.0 : seconds);
    auto const whole = static_cast<std::uint64_t>(seconds);
    if (whole < 3600)
        return fmt::format("{}m{:02}s", whole / 60, whole % 60);
    return fmt::format("{}h{:02}m", whole / 3600, whole / 60 % 60);
}

ACRX_DECL std::chrono::seconds parse_duration(std::string_view text)
{
    auto const refuse = [&] {
        return usage_error(fmt::format("'{}' is not a duration", text), "Write seconds, or 90s, 15m, 24h, 7d, 2w.");
    };
    constexpr std::array<std::pair<char, std::int64_t>, 5> units{
        {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}}};
    std::int64_t total = 0;
    auto const* at = text.data();
    auto const* const stop = at + text.size();
    if (text.empty() || text.front() == '-')
        throw refuse();
    while (at != stop) {
        std::int64_t number = 0;
        auto const [end, failed] = std::from_chars(at, stop, number);
        std::int64_t factor = end == stop && at == text.data() ? 1 : 0;
        for (auto const& [letter, seconds] : units)
            if (end != stop && *end == letter)
                factor = seconds;
        if (failed != std::errc() || number < 0 || factor == 0 || number > 1'000'000'000'000 / factor)
            throw refuse();
        total += number * factor;
        at = end == stop ? stop : end + 1;
    }
    return std::chrono::seconds(total);
}
}  // namespace acrx::cli
#endif
