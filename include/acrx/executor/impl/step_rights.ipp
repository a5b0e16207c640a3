// Bodies of executor/step_rights.hpp.
#ifndef ACRX_EXECUTOR_IMPL_STEP_RIGHTS_IPP
#define ACRX_EXECUTOR_IMPL_STEP_RIGHTS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/capabilities.hpp>
#include <acrx/executor/step_rights.hpp>

#include <algorithm>

namespace acrx {
namespace detail {
inline std::uint64_t capability_bit(std::string_view given)
{
    auto name = ascii_lower(given);
    name = (name.starts_with("cap_") ? "" : "cap_") + name;
    auto const at = std::find_if(capability_list.begin(), capability_list.end(),
                                 [&](std::string_view listed) { return ascii_lower(listed) == name; });
    if (at == capability_list.end())
        throw error(errc::invalid_argument, "there is no capability '" + std::string(given) + "'",
                    "capabilities(7) lists them; write for example NET_ADMIN, or ALL.");
    return std::uint64_t{1} << (at - capability_list.begin());
}

inline bool is_all(std::string const& name)
{
    auto const lower = ascii_lower(name);
    return lower == "all" || lower == "cap_all";
}

inline std::uint64_t capability_bits(std::span<std::string const> names)
{
    std::uint64_t bits = 0;
    for (auto const& name : names)
        bits |= is_all(name) ? all_capabilities : capability_bit(name);
    return bits;
}
}  // namespace detail

ACRX_DECL std::uint64_t changed_capabilities(std::span<std::string const> added, std::span<std::string const> dropped)
{
    auto const more = detail::capability_bits(added);
    auto const less = detail::capability_bits(dropped);
    if (std::any_of(dropped.begin(), dropped.end(), detail::is_all))
        return more;
    return (step_rights::usual_capabilities | more) & ~less;
}
}  // namespace acrx
#endif
