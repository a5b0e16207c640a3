// Bodies of build/source_date_epoch.hpp.
#ifndef ACRX_BUILD_IMPL_SOURCE_DATE_EPOCH_IPP
#define ACRX_BUILD_IMPL_SOURCE_DATE_EPOCH_IPP
#include <acrx/build/source_date_epoch.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <system_error>

namespace acrx {
namespace detail {
inline std::string_view without_quotes(std::string_view text)
{
    bool const is_quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}
}  // namespace detail

ACRX_DECL std::optional<time_point> parse_source_date_epoch(std::string_view text)
{
    if (text.empty() || text == "context")
        return std::nullopt;
    std::int64_t seconds = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failed != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > 9'000'000'000)
        throw error(errc::invalid_argument,
                    "SOURCE_DATE_EPOCH '" + std::string(text) + "' is not a number of seconds since 1970");
    return time_point(std::chrono::seconds(seconds));
}

ACRX_DECL std::optional<time_point> source_date_epoch_of(dockerfile::file const& file)
{
    std::optional<time_point> time;
    for (auto const& line : file.global_args)
        for (auto const& declared : line.what.declarations)
            if (declared.name == "SOURCE_DATE_EPOCH" && declared.value) {
                try {
                    time = parse_source_date_epoch(detail::without_quotes(*declared.value));
                } catch (error const& e) {
                    throw dockerfile::parse_error(errc::invalid_argument, line.where, e.text());
                }
            }
    return time;
}
}  // namespace acrx
#endif
