// Bodies of executor/detail/control_groups.hpp.
#ifndef ACRX_EXECUTOR_IMPL_CONTROL_GROUPS_IPP
#define ACRX_EXECUTOR_IMPL_CONTROL_GROUPS_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/control_groups.hpp>
#include <acrx/io/files.hpp>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>

namespace acrx::detail {
inline std::vector<std::filesystem::path> control_group_hierarchies()
{
    std::filesystem::path const top = "/sys/fs/cgroup";
    std::error_code failed;
    if (std::filesystem::exists(top / "cgroup.controllers", failed))
        return {top};
    std::vector<std::filesystem::path> found;
    for (std::filesystem::directory_iterator at(top, failed), end; !failed && at != end; at.increment(failed))
        if (!at->is_symlink(failed) && std::filesystem::exists(at->path() / "cgroup.procs", failed))
            found.push_back(at->path());
    std::sort(found.begin(), found.end());
    return found;
}

ACRX_DECL std::vector<std::filesystem::path> control_group_folders(std::string const& parent, std::string const& name)
{
    auto const relative = std::filesystem::path(parent).relative_path().lexically_normal();
    for (auto const& part : relative)
        if (part == "..")
            throw error(errc::invalid_argument, "invalid cgroup parent \"" + parent + "\"");
    std::vector<std::filesystem::path> folders;
    for (auto const& hierarchy : control_group_hierarchies())
        folders.push_back(hierarchy / relative / name);
    return folders;
}

/// A new group of the version 1 controller cpuset takes no process before it has processors and memory.
inline void inherit_cpuset(std::filesystem::path const& folder)
{
    for (auto const* name : {"cpuset.cpus", "cpuset.mems"}) {
        std::string value;
        std::ifstream above(folder.parent_path() / name);
        std::ofstream own(folder / name);
        if (std::getline(above, value) && own.is_open())
            own << value << '\n';
    }
}

inline void make_control_group(std::filesystem::path const& folder)
{
    if (::mkdir(folder.c_str(), 0755) == 0)
        return inherit_cpuset(folder);
    auto const number = errno;
    if (number == EEXIST)
        return;
    if (number == ENOENT && folder.has_relative_path()) {
        make_control_group(folder.parent_path());
        return make_control_group(folder);
    }
    auto const doing = "making the control group " + folder.string();
    if (number == EACCES || number == EPERM || number == EROFS)
        throw error(errc::no_permission, doing, "Control groups are made by root, on a writable /sys/fs/cgroup.");
    throw_errno(number, doing);
}

ACRX_DECL void make_control_groups(std::vector<std::filesystem::path> const& folders)
{
    if (folders.empty())
        throw error(errc::not_supported, "making a control group", "This machine has no /sys/fs/cgroup.");
    for (auto const& folder : folders)
        make_control_group(folder);
}

ACRX_DECL void record_groups(std::filesystem::path const& step, std::vector<std::filesystem::path> const& folders)
{
    std::string text;
    for (auto const& folder : folders)
        text += folder.string() + "\n";
    write_file(step / "groups", text);
}

ACRX_DECL std::vector<std::filesystem::path> recorded_groups(std::filesystem::path const& step)
{
    std::vector<std::filesystem::path> folders;
    std::ifstream file(step / "groups");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("/sys/fs/cgroup/"))
            folders.emplace_back(line);
    return folders;
}

/// Writes the file that exists in one of the folders, under its name in version 2 or in version 1. @return whether there is one
inline bool write_limit(std::vector<std::filesystem::path> const& folders, std::string const& name,
                        std::string const& value)
{
    for (auto const& folder : folders) {
        auto const path = folder / name;
        if (::access(path.c_str(), F_OK) != 0)
            continue;
        std::ofstream file(path);
        file << value << std::flush;
        if (!file)
            throw error(errc::invalid_argument, "limiting a step: " + name + " to " + value);
        return true;
    }
    return false;
}

/// Version 2 gives a group the controllers that those above it hand on; they may not be refused one by one.
inline void hand_on_controllers(std::filesystem::path const& folder)
{
    std::filesystem::path const top = "/sys/fs/cgroup";
    auto const above = folder.parent_path();
    if (above != top && above.has_relative_path())
        hand_on_controllers(above);
    for (auto const* name : {"+cpu", "+memory", "+pids"})
        std::ofstream(above / "cgroup.subtree_control") << name << std::flush;
}

inline std::string microseconds(double cpus, std::uint64_t period)
{
    return std::to_string(std::max<std::uint64_t>(1000, static_cast<std::uint64_t>(cpus * static_cast<double>(period))));
}

ACRX_DECL void limit_control_groups(std::vector<std::filesystem::path> const& folders, resource_quota const& quota)
{
    if (quota == resource_quota())
        return;
    if (folders.size() == 1 && std::filesystem::exists("/sys/fs/cgroup/cgroup.controllers"))
        hand_on_controllers(folders.front());
    constexpr std::uint64_t period = 100'000;
    auto const need = [&](bool written, std::string const& what) {
        if (!written)
            throw error(errc::not_supported, "limiting the " + what + " of a step",
                        "This machine has no control groups for it below /sys/fs/cgroup.");
    };
    if (quota.cpus > 0) {
        auto const share = microseconds(quota.cpus, period);
        need(write_limit(folders, "cpu.max", share + " " + std::to_string(period))
                 || write_limit(folders, "cpu.cfs_quota_us", share),
             "processors");
    }
    if (quota.memory > 0) {
        auto const bytes = std::to_string(quota.memory);
        need(write_limit(folders, "memory.max", bytes) || write_limit(folders, "memory.limit_in_bytes", bytes), "memory");
        if (!write_limit(folders, "memory.swap.max", "0"))
            write_limit(folders, "memory.memsw.limit_in_bytes", bytes);
    }
    if (quota.processes > 0)
        need(write_limit(folders, "pids.max", std::to_string(quota.processes)), "processes");
}

ACRX_DECL bool ran_out_of_memory(std::vector<std::filesystem::path> const& folders)
{
    for (auto const& folder : folders)
        for (auto const* name : {"memory.events", "memory.oom_control"}) {
            std::ifstream file(folder / name);
            std::uint64_t count = 0;
            for (std::string word; file >> word >> count;)
                if (word == "oom_kill" && count > 0)
                    return true;
        }
    return false;
}

ACRX_DECL void end_control_groups(std::vector<std::filesystem::path> const& folders)
{
    auto const is_left = [](std::filesystem::path const& folder) { return ::access(folder.c_str(), F_OK) == 0; };
    for (int tries = 0; tries < 200; ++tries) {
        for (auto const& folder : folders) {
            std::ifstream members(folder / "cgroup.procs");
            for (pid_t id = 0; members >> id;)
                if (id > 1)
                    ::kill(id, SIGKILL);
        }
        remove_control_groups(folders);
        if (std::none_of(folders.begin(), folders.end(), is_left))
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

ACRX_DECL void remove_control_groups(std::vector<std::filesystem::path> const& folders) noexcept
{
    for (auto const& folder : folders)
        ::rmdir(folder.c_str());
}
}  // namespace acrx::detail
#endif
