// Finds the stage that a target names.
#ifndef ACRX_BUILD_DETAIL_FIND_TARGET_HPP
#define ACRX_BUILD_DETAIL_FIND_TARGET_HPP

#include <acrx/core/error.hpp>
#include <acrx/dockerfile/file.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace acrx::detail {
inline std::optional<std::size_t> to_number(std::string_view text)
{
    std::size_t number = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// @param target  a name or a number; empty is the last stage
/// @throws error (`errc::not_found`) that lists the names
inline std::size_t find_target(dockerfile::file const& file, std::string const& target)
{
    if (target.empty())
        return file.stages.size() - 1;
    if (auto const found = dockerfile::find_stage(file, target))
        return *found;
    if (auto const number = to_number(target); number && *number < file.stages.size())
        return *number;
    std::string names;
    for (auto const& stage : file.stages)
        if (!stage.name.empty())
            names += (names.empty() ? "" : ", ") + stage.name;
    throw error(errc::not_found, "target stage \"" + target + "\" could not be found",
                names.empty() ? "No stage of this Dockerfile has a name." : "The stages are: " + names + ".");
}
}  // namespace acrx::detail
#endif
