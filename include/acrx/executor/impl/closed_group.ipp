// Bodies of executor/closed_group.hpp.
#ifndef ACRX_EXECUTOR_IMPL_CLOSED_GROUP_IPP
#define ACRX_EXECUTOR_IMPL_CLOSED_GROUP_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/closed_group.hpp>
#include <acrx/executor/detail/control_groups.hpp>
#include <acrx/executor/detail/firewall.hpp>

#include <filesystem>
#include <system_error>

namespace acrx {
namespace detail {
/// Version 2 of control groups, perhaps beside version 1.
inline bool has_unified_hierarchy()
{
    std::error_code missing;
    return std::filesystem::exists("/sys/fs/cgroup/cgroup.controllers", missing)
           || std::filesystem::exists("/sys/fs/cgroup/unified/cgroup.controllers", missing);
}
}  // namespace detail

ACRX_DECL net::awaitable<std::string> make_closed_group()
{
    std::string const name = "acrx-closed";
    if (!detail::has_unified_hierarchy())
        throw error(errc::not_supported, "making the control group " + name + ": there is no unified hierarchy below /sys/fs/cgroup");
    detail::make_control_groups(detail::control_group_folders("/", name));
    co_await detail::close_metadata_of_group(name);
    co_return name;
}

ACRX_DECL net::awaitable<void> close_port(std::string group, std::uint16_t port)
{
    co_await detail::close_port_of_group(std::move(group), port);
}

ACRX_DECL void enter_closed_group(step_spec& spec, std::string const& group)
{
    if (!group.empty() && spec.network == network_mode::host)
        spec.cgroup_parent = spec.cgroup_parent.empty() ? group : group + "/" + spec.cgroup_parent;
}
}  // namespace acrx
#endif
