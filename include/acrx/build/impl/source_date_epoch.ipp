// Bodies of build/source_date_epoch.hpp.
#ifndef ACRX_BUILD_IMPL_SOURCE_DATE_EPOCH_IPP
#define ACRX_BUILD_IMPL_SOURCE_DATE_EPOCH_IPP
#include <acrx/build/source_date_epoch.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <filesystem>
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

ACRX_DECL std::optional<std::string> source_date_epoch_text(dockerfile::file const& file)
{
    std::optional<std::string> text;
    for (auto const& line : file.global_args)
        for (auto const& declared : line.what.declarations)
            if (declared.name == "SOURCE_DATE_EPOCH" && declared.value)
                text = detail::without_quotes(*declared.value);
    return text;
}

ACRX_DECL std::optional<time_point> time_of_context(build_context const& context)
{
    if (context.modified || !context.is_fetched)
        return context.modified;
    std::int64_t newest = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(context.root)) {
        struct stat status{};
        if (!entry.is_directory() && ::lstat(entry.path().c_str(), &status) == 0)
            newest = std::max(newest, static_cast<std::int64_t>(status.st_mtim.tv_sec));
    }
    return time_point(std::chrono::seconds(newest));
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
