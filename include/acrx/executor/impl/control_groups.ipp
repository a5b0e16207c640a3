// Bodies of executor/detail/control_groups.hpp.
#ifndef ACRX_EXECUTOR_IMPL_CONTROL_GROUPS_IPP
#define ACRX_EXECUTOR_IMPL_CONTROL_GROUPS_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/control_groups.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

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

ACRX_DECL void remove_control_groups(std::vector<std::filesystem::path> const& folders) noexcept
{
    for (auto const& folder : folders)
        ::rmdir(folder.c_str());
}
}  // namespace acrx::detail
#endif
