// The capabilities that a step keeps: the fourteen that container engines grant by default.
#ifndef ACRX_EXECUTOR_DETAIL_CAPABILITIES_HPP
#define ACRX_EXECUTOR_DETAIL_CAPABILITIES_HPP

#include <linux/capability.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace acrx::detail {
/// The names of capabilities 0 to 37, by number.
inline constexpr std::array<std::string_view, 38> capability_list{
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
};

struct capability
{
    int number;
    std::string_view name;
};

inline constexpr std::array<capability, 14> step_capabilities{{
    {CAP_CHOWN, "CAP_CHOWN"},
    {CAP_DAC_OVERRIDE, "CAP_DAC_OVERRIDE"},
    {CAP_FSETID, "CAP_FSETID"},
    {CAP_FOWNER, "CAP_FOWNER"},
    {CAP_MKNOD, "CAP_MKNOD"},
    {CAP_NET_RAW, "CAP_NET_RAW"},
    {CAP_SETGID, "CAP_SETGID"},
    {CAP_SETUID, "CAP_SETUID"},
    {CAP_SETFCAP, "CAP_SETFCAP"},
    {CAP_SETPCAP, "CAP_SETPCAP"},
    {CAP_NET_BIND_SERVICE, "CAP_NET_BIND_SERVICE"},
    {CAP_SYS_CHROOT, "CAP_SYS_CHROOT"},
    {CAP_KILL, "CAP_KILL"},
    {CAP_AUDIT_WRITE, "CAP_AUDIT_WRITE"},
}};

/// One bit a capability, as /proc/PID/status shows them.
consteval std::uint64_t step_capability_mask()
{
    std::uint64_t mask = 0;
    for (auto const& one : step_capabilities)
        mask |= std::uint64_t{1} << one.number;
    return mask;
}
static_assert(step_capability_mask() == 0xa80425fb);
}  // namespace acrx::detail
#endif
