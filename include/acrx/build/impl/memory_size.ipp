// Body of build/memory_size.hpp.
#ifndef ACRX_BUILD_IMPL_MEMORY_SIZE_IPP
#define ACRX_BUILD_IMPL_MEMORY_SIZE_IPP
#include <acrx/build/memory_size.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

namespace acrx {
ACRX_DECL std::optional<std::uint64_t> parse_memory_size(std::string_view text)
{
    double value = 0;
    auto const* const end = text.data() + text.size();
    auto const [after, failed] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    if (failed != std::errc{} || value < 0 || text.starts_with('-'))
        return std::nullopt;
    auto unit = ascii_lower(std::string_view(after, static_cast<std::size_t>(end - after)));
    if (unit.starts_with(' '))
        unit.erase(0, 1);
    constexpr std::string_view prefixes = "kmgtp";
    double scale = 1;
    if (auto const power = unit.empty() ? prefixes.npos : prefixes.find(unit.front()); power != prefixes.npos) {
        scale = std::pow(1024.0, static_cast<double>(power + 1));
        unit.erase(0, 1);
        if (unit.starts_with("ib"))
            unit.erase(0, 1);
    }
    if (!unit.empty() && unit != "b")
        return std::nullopt;
    auto const bytes = value * scale;
    if (!(bytes < 9e18))
        return std::nullopt;
    return static_cast<std::uint64_t>(bytes);
}
}  // namespace acrx
#endif
