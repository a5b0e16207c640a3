// Bodies of executor/detail/mount_table.hpp.
#ifndef ACRX_EXECUTOR_IMPL_MOUNT_TABLE_IPP
#define ACRX_EXECUTOR_IMPL_MOUNT_TABLE_IPP
#include <acrx/executor/detail/mount_table.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace acrx::detail {
ACRX_DECL std::vector<mount_entry> protections()
{
    std::vector<mount_entry> table;
    for (auto const* path : {"/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys",
                             "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list",
                             "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware"})
        table.push_back({mount_entry::kind::mask, path, "", 0, "", true});
    for (auto const* path : {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"})
        table.push_back({mount_entry::kind::read_only, path, "", 0, "", true});
    return table;
}

ACRX_DECL std::vector<mount_entry> devices()
{
    using kind = mount_entry::kind;
    std::vector<mount_entry> table;
    for (std::string name : {"null", "zero", "full", "random", "urandom", "tty"})
        table.push_back({kind::node, "/dev/" + name, "/dev/" + name, 0, "", false});
    table.push_back({kind::link, "/dev/ptmx", "pts/ptmx", 0, "", false});
    table.push_back({kind::link, "/dev/fd", "/proc/self/fd", 0, "", false});
    table.push_back({kind::link, "/dev/stdin", "/proc/self/fd/0", 0, "", false});
    table.push_back({kind::link, "/dev/stdout", "/proc/self/fd/1", 0, "", false});
    table.push_back({kind::link, "/dev/stderr", "/proc/self/fd/2", 0, "", false});
    table.push_back({kind::link, "/dev/core", "/proc/kcore", 0, "", false});
    return table;
}

ACRX_DECL std::vector<mount_entry> own_devices(step_spec const& spec)
{
    std::vector<mount_entry> table;
    for (auto const& node : spec.devices) {
        mount_entry entry{mount_entry::kind::node, node.path, node.source.string(), 0, "", false};
        entry.mode = node.mode | (node.type == 'b' ? S_IFBLK : node.type == 'p' ? S_IFIFO : S_IFCHR);
        entry.uid = node.uid;
        entry.gid = node.gid;
        entry.device = makedev(node.major, node.minor);
        table.push_back(std::move(entry));
    }
    return table;
}

ACRX_DECL std::vector<mount_entry> host_devices()
{
    constexpr std::array<std::string_view, 6> usual{"null", "zero", "full", "random", "urandom", "tty"};
    constexpr std::array<std::string_view, 4> own{"pts", "shm", "mqueue", "fd"};
    std::vector<mount_entry> table;
    std::error_code failed;
    using iterator = std::filesystem::recursive_directory_iterator;
    for (iterator at("/dev", failed), end; !failed && at != end; at.increment(failed)) {
        auto const name = at->path().lexically_relative("/dev").string();
        std::error_code gone;
        auto const status = at->symlink_status(gone);
        if (std::find(own.begin(), own.end(), name) != own.end())
            at.disable_recursion_pending();
        else if ((is_character_file(status) || is_block_file(status))
                 && std::find(usual.begin(), usual.end(), name) == usual.end())
            table.push_back({mount_entry::kind::node, "/dev/" + name, "/dev/" + name, 0, "", true});
    }
    return table;
}

/// Terminals belong to the group `tty`, 5 everywhere, where there are so many ids.
inline std::string terminal_group()
{
    constexpr std::uint32_t tty = 5;
    auto const ids = is_first_user_namespace() ? std::vector<id_range>{{0, 0, ~0U}} : own_ids("gid_map");
    bool const is_there =
        std::any_of(ids.begin(), ids.end(), [](auto const& r) { return tty >= r.inside && tty - r.inside < r.count; });
    return is_there ? ",gid=" + std::to_string(tty) : "";
}

ACRX_DECL std::vector<mount_entry> mount_table(step_spec const& spec, network_files const& files,
                                               std::vector<mount_entry> const& own)
{
    constexpr unsigned long quiet = MS_NOSUID | MS_NOEXEC | MS_NODEV;
    constexpr unsigned long read_only = MS_RDONLY;
    auto const sys_flags = spec.privileged ? quiet : quiet | read_only;
    auto const shm = "mode=1777,size=" + std::to_string(spec.shm_size);
    std::vector<mount_entry> table;
    auto const add = [&](char const* type, char const* target, unsigned long flags, std::string options,
                         bool optional = false) {
        table.push_back({mount_entry::kind::filesystem, target, type, flags, std::move(options), optional});
    };
    add("proc", "/proc", quiet, "");
    add("tmpfs", "/dev", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k");
    add("devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620" + terminal_group());
    add("tmpfs", "/dev/shm", quiet, shm);
    add("mqueue", "/dev/mqueue", quiet, "");
    add("sysfs", "/sys", sys_flags, "");
    add("cgroup2", "/sys/fs/cgroup", sys_flags | MS_RELATIME, "", true);
    table.push_back({mount_entry::kind::bind_file, "/etc/hosts", files.hosts.string(), read_only, "", false});
    table.push_back({mount_entry::kind::bind_file, "/etc/resolv.conf", files.resolv_conf.string(), read_only, "", false});
    table.insert(table.end(), own.begin(), own.end());
    return table;
}

ACRX_DECL std::string hosts_text(step_spec const& spec)
{
    auto text = "127.0.0.1\tlocalhost " + spec.hostname + "\n::1\tlocalhost ip6-localhost ip6-loopback\n";
    for (auto const& [name, address] : spec.extra_hosts)
        text += address + "\t" + name + "\n";
    return text;
}

ACRX_DECL std::string resolv_conf_text(std::string_view ours, network_mode network,
                                       std::vector<std::string> const& servers)
{
    std::string text;
    for (auto const& server : servers)
        text += "nameserver " + server + "\n";
    bool has_server = !servers.empty();
    while (!ours.empty()) {
        auto const end = ours.find('\n');
        auto const line = ours.substr(0, end);
        ours.remove_prefix(end == ours.npos ? ours.size() : end + 1);
        bool const server = line.starts_with("nameserver");
        auto const address = server ? line.find_first_not_of(" \t", 10) : line.npos;
        auto const name = address == line.npos ? std::string_view{} : line.substr(address);
        bool const loopback = name.starts_with("127.") || name.starts_with("::1");
        if (loopback && network != network_mode::host)
            continue;
        has_server = has_server || server;
        text.append(line).append("\n");
    }
    if (!has_server)
        text += "nameserver 8.8.8.8\nnameserver 8.8.4.4\nnameserver 2001:4860:4860::8888\n"
                "nameserver 2001:4860:4860::8844\n";
    return text;
}
}  // namespace acrx::detail
#endif
