// Bodies of executor/detail/mount_table.hpp.
#ifndef ACRX_EXECUTOR_IMPL_MOUNT_TABLE_IPP
#define ACRX_EXECUTOR_IMPL_MOUNT_TABLE_IPP
#include <acrx/executor/detail/mount_table.hpp>

#include <sys/mount.h>

#include <cstdio>
#include <system_error>

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

inline void add_bind(std::vector<mount_entry>& table, std::filesystem::path const& source, std::string target,
                     bool read_only)
{
    std::error_code ignored;  // a missing source fails when it is mounted
    auto const kind =
        std::filesystem::is_directory(source, ignored) ? mount_entry::kind::bind_folder : mount_entry::kind::bind_file;
    auto const flags = static_cast<unsigned long>(read_only ? MS_RDONLY : 0);
    table.push_back({kind, std::move(target), source.string(), flags, "", false});
}

ACRX_DECL std::vector<mount_entry> mount_table(step_spec const& spec, network_files const& files)
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
    add("devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620,gid=5");
    add("tmpfs", "/dev/shm", quiet, shm);
    add("mqueue", "/dev/mqueue", quiet, "");
    add("sysfs", "/sys", sys_flags, "");
    add("cgroup2", "/sys/fs/cgroup", sys_flags | MS_RELATIME, "", true);
    add_bind(table, files.hosts, "/etc/hosts", true);
    add_bind(table, files.resolv_conf, "/etc/resolv.conf", true);
    for (auto const& bind : spec.binds)
        add_bind(table, bind.source, bind.target, bind.read_only);
    for (auto const& memory : spec.tmpfs) {
        char mode[16];
        std::snprintf(mode, sizeof mode, "mode=%o", memory.mode);
        auto const size = memory.size > 0 ? ",size=" + std::to_string(memory.size) : std::string();
        add("tmpfs", memory.target.c_str(), MS_NOSUID | MS_NODEV, mode + size);
    }
    return table;
}

ACRX_DECL std::string hosts_text(step_spec const& spec)
{
    auto text = "127.0.0.1\tlocalhost " + spec.hostname + "\n::1\tlocalhost ip6-localhost ip6-loopback\n";
    for (auto const& [name, address] : spec.extra_hosts)
        text += address + "\t" + name + "\n";
    return text;
}

ACRX_DECL std::string resolv_conf_text(std::string_view ours, network_mode network)
{
    std::string text;
    bool has_server = false;
    while (!ours.empty()) {
        auto const end = ours.find('\n');
        auto const line = ours.substr(0, end);
        ours.remove_prefix(end == ours.npos ? ours.size() : end + 1);
        bool const server = line.starts_with("nameserver");
        auto const address = server ? line.find_first_not_of(" \t", 10) : line.npos;
        auto const name = address == line.npos ? std::string_view{} : line.substr(address);
        bool const loopback = name.starts_with("127.") || name.starts_with("::1");
        if (loopback && network == network_mode::none)
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
