// Bodies of cli/quantities.hpp.
#ifndef ACRX_CLI_IMPL_QUANTITIES_IPP
#define ACRX_CLI_IMPL_QUANTITIES_IPP
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/core/quantities.hpp>

#include <fmt/format.h>

#include <array>

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
    if (auto const size = parse_byte_count(text))
        return *size;
    throw usage_error(fmt::format("'{}' is not a size", text), "Write bytes, or a number with kB, MB, GB or GiB.");
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
    if (auto const duration = parse_time_span(text))
        return *duration;
    throw usage_error(fmt::format("'{}' is not a duration", text), "Write seconds, or 90s, 15m, 24h, 7d, 2w.");
}
}  // namespace acrx::cli
#endif
