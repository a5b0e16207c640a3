// Bodies of run/run_status.hpp.
#ifndef ACRX_RUN_IMPL_RUN_STATUS_IPP
#define ACRX_RUN_IMPL_RUN_STATUS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/run/run_status.hpp>

#include <array>
#include <cstddef>

namespace acrx {
namespace detail {
inline constexpr std::array<std::string_view, 8> run_status_words = {
    "Queued", "Started", "Running", "Succeeded", "Failed", "Canceled", "Error", "Timeout"};
}  // namespace detail

ACRX_DECL std::string_view to_string(run_status status)
{
    return detail::run_status_words.at(static_cast<std::size_t>(status));
}

ACRX_DECL std::optional<run_status> parse_run_status(std::string_view word)
{
    for (std::size_t i = 0; i < detail::run_status_words.size(); ++i)
        if (ascii_lower(detail::run_status_words[i]) == ascii_lower(word))
            return static_cast<run_status>(i);
    return std::nullopt;
}

ACRX_DECL bool may_follow(run_status from, run_status to) noexcept
{
    if (is_final(from))
        return false;
    return to > from || (from == run_status::started && to == run_status::queued);
}
}  // namespace acrx
#endif
