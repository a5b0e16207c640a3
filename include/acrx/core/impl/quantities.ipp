// Bodies of core/quantities.hpp.
#ifndef ACRX_CORE_IMPL_QUANTITIES_IPP
#define ACRX_CORE_IMPL_QUANTITIES_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/quantities.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

namespace acrx {
ACRX_DECL std::optional<std::uint64_t> parse_byte_count(std::string_view text)
{
    double number = 0;
    auto const* const stop = text.data() + text.size();
    auto const [end, failed] = std::from_chars(text.data(), stop, number);
    if (failed != std::errc() || !(number >= 0))
        return std::nullopt;
    auto unit = ascii_lower({end, static_cast<std::size_t>(stop - end)});
    if (unit.ends_with("b"))
        unit.pop_back();
    double const base = unit.ends_with("i") ? 1024 : 1000;
    if (unit.ends_with("i"))
        unit.pop_back();
    constexpr std::string_view powers = " kmgtp";
    auto const power = unit.empty() && base == 1000 ? 0 : powers.find(unit);
    if (unit.size() > 1 || power == std::string_view::npos || (unit.empty() && base != 1000))
        return std::nullopt;
    for (std::size_t i = 0; i < power; ++i)
        number *= base;
    return number < 9.2e18 ? std::optional(static_cast<std::uint64_t>(number)) : std::nullopt;
}

ACRX_DECL std::optional<std::chrono::seconds> parse_time_span(std::string_view text)
{
    constexpr std::array<std::pair<char, std::int64_t>, 5> units{
        {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}}};
    std::int64_t total = 0;
    auto const* at = text.data();
    auto const* const stop = at + text.size();
    if (text.empty() || text.front() == '-')
        return std::nullopt;
    while (at != stop) {
        std::int64_t number = 0;
        auto const [end, failed] = std::from_chars(at, stop, number);
        std::int64_t factor = end == stop && at == text.data() ? 1 : 0;
        for (auto const& [letter, seconds] : units)
            if (end != stop && *end == letter)
                factor = seconds;
        constexpr std::int64_t most = 1'000'000'000'000;
        if (failed != std::errc() || number < 0 || factor == 0 || number > most / factor || total > most)
            return std::nullopt;
        total += number * factor;
        at = end == stop ? stop : end + 1;
    }
    return std::chrono::seconds(total);
}
}  // namespace acrx
#endif
