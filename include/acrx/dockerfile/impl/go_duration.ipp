// Bodies of dockerfile/go_duration.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_GO_DURATION_IPP
#define ACRX_DOCKERFILE_IMPL_GO_DURATION_IPP
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/go_duration.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

namespace acrx::dockerfile {
namespace detail {
inline std::uint64_t unit_in_nanoseconds(std::string_view name)
{
    using entry = std::pair<std::string_view, std::uint64_t>;
    static constexpr std::array<entry, 8> units{entry{"ns", 1},
                                                {"us", 1'000},
                                                {"\xc2\xb5s", 1'000},
                                                {"\xce\xbcs", 1'000},
                                                {"ms", 1'000'000},
                                                {"s", 1'000'000'000},
                                                {"m", 60'000'000'000},
                                                {"h", 3'600'000'000'000}};
    for (auto const& [unit, length] : units)
        if (unit == name)
            return length;
    return 0;
}

/// The decimal fraction of `value`, without trailing zeros, with its point; empty for zero.
inline std::string fraction_text(std::uint64_t value, int digits)
{
    auto text = std::to_string(value);
    text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
    text.erase(text.find_last_not_of('0') + 1);
    return text.empty() ? "" : "." + text;
}
}  // namespace detail

ACRX_DECL std::chrono::nanoseconds parse_go_duration(std::string_view text)
{
    auto const refuse = [&](std::string const& why) {
        throw parse_error(errc::syntax, {}, "time: " + why + detail::go_quote(text));
    };
    constexpr std::uint64_t limit = std::uint64_t{1} << 63;
    auto rest = text;
    bool const negative = rest.starts_with('-');
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);
    if (rest == "0")
        return std::chrono::nanoseconds{0};
    if (rest.empty())
        refuse("invalid duration ");

    std::uint64_t total = 0;
    while (!rest.empty()) {
        std::uint64_t whole = 0;
        std::uint64_t fraction = 0;
        double scale = 1;
        bool digits = false;
        bool fraction_full = false;
        for (; !rest.empty() && detail::is_digit(static_cast<unsigned char>(rest[0])); rest.remove_prefix(1)) {
            digits = true;
            if (whole > limit / 10)
                refuse("invalid duration ");
            whole = whole * 10 + static_cast<std::uint64_t>(rest[0] - '0');
        }
        if (rest.starts_with('.')) {
            rest.remove_prefix(1);
            for (; !rest.empty() && detail::is_digit(static_cast<unsigned char>(rest[0])); rest.remove_prefix(1)) {
                digits = true;
                fraction_full = fraction_full || fraction > (limit - 1) / 10;
                if (fraction_full)
                    continue;
                fraction = fraction * 10 + static_cast<std::uint64_t>(rest[0] - '0');
                scale *= 10;
            }
        }
        if (!digits)
            refuse("invalid duration ");
        auto const name = rest.substr(0, rest.find_first_of(".0123456789"));
        if (name.empty())
            refuse("missing unit in duration ");
        auto const unit = detail::unit_in_nanoseconds(name);
        if (unit == 0)
            refuse("unknown unit " + detail::go_quote(name) + " in duration ");
        if (whole > limit / unit)
            refuse("invalid duration ");
        total += whole * unit
                 + static_cast<std::uint64_t>(static_cast<double>(fraction) * (static_cast<double>(unit) / scale));
        if (total > limit)
            refuse("invalid duration ");
        rest.remove_prefix(name.size());
    }
    if (total == limit && !negative)
        refuse("invalid duration ");
    if (total == limit)
        return std::chrono::nanoseconds(std::numeric_limits<std::int64_t>::min());
    auto const count = static_cast<std::int64_t>(total);
    return std::chrono::nanoseconds(negative ? -count : count);
}

ACRX_DECL std::string format_go_duration(std::chrono::nanoseconds duration)
{
    if (duration.count() == 0)
        return "0s";
    auto const count = duration.count();
    std::string const sign = count < 0 ? "-" : "";
    auto const total = count < 0 ? ~static_cast<std::uint64_t>(count) + 1 : static_cast<std::uint64_t>(count);
    if (total < 1'000)
        return sign + std::to_string(total) + "ns";
    if (total < 1'000'000)
        return sign + std::to_string(total / 1'000) + detail::fraction_text(total % 1'000, 3) + "\xc2\xb5s";
    if (total < 1'000'000'000)
        return sign + std::to_string(total / 1'000'000) + detail::fraction_text(total % 1'000'000, 6) + "ms";
    auto const seconds = total / 1'000'000'000;
    std::string result = std::to_string(seconds % 60) + detail::fraction_text(total % 1'000'000'000, 9) + "s";
    if (seconds >= 60)
        result.insert(0, std::to_string(seconds / 60 % 60) + "m");
    if (seconds >= 3600)
        result.insert(0, std::to_string(seconds / 3600) + "h");
    return sign + result;
}
}  // namespace acrx::dockerfile
#endif
