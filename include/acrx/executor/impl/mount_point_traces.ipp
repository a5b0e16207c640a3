// Bodies of executor/detail/mount_point_traces.hpp.
#ifndef ACRX_EXECUTOR_IMPL_MOUNT_POINT_TRACES_IPP
#define ACRX_EXECUTOR_IMPL_MOUNT_POINT_TRACES_IPP
#include <acrx/executor/detail/mount_point_traces.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

namespace acrx::detail {
/// Removes one empty file or folder and keeps the times of the folder it is in. @return whether it was removed
inline bool remove_if_empty(beneath const& upper, std::filesystem::path const& path)
{
    auto const parent = upper.open_if_there(path.parent_path(), O_RDONLY | O_DIRECTORY, links::refuse);
    struct stat before
    {};
    struct stat status
    {};
    auto const name = path.filename();
    if (!parent || ::fstat(parent->get(), &before) != 0
        || ::fstatat(parent->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    bool const folder = S_ISDIR(status.st_mode);
    if (!folder && (!S_ISREG(status.st_mode) || status.st_size != 0))
        return false;
    if (::unlinkat(parent->get(), name.c_str(), folder ? AT_REMOVEDIR : 0) != 0)
        return false;
    timespec const times[2] = {before.st_atim, before.st_mtim};
    ::futimens(parent->get(), times);
    return true;
}

inline bool are_alike(struct stat const& one, struct stat const& other) noexcept
{
    return one.st_mode == other.st_mode && one.st_uid == other.st_uid && one.st_gid == other.st_gid
           && one.st_mtim.tv_sec == other.st_mtim.tv_sec && one.st_mtim.tv_nsec == other.st_mtim.tv_nsec;
}

/// The folder is what overlayfs copied up when something was made in it, and no more.
inline bool is_mere_copy(root_filesystem const& root, beneath const& upper, std::filesystem::path const& path)
{
    auto const folder = upper.open_if_there(path, O_RDONLY | O_DIRECTORY, links::refuse);
    struct stat status
    {};
    char opaque = 'n';
    if (!folder || ::fstat(folder->get(), &status) != 0
        || (::fgetxattr(folder->get(), opaque_xattr(), &opaque, 1) == 1 && opaque == 'y'))
        return false;
    for (auto const& lower : root.lower) {
        struct stat below
        {};
        if (::lstat((lower / path).c_str(), &below) == 0)
            return are_alike(status, below);
    }
    return false;
}

ACRX_DECL void remove_mount_points(root_filesystem const& root, std::vector<std::string> const& made)
{
    if (made.empty())
        return;
    beneath const upper(root.upper);
    for (auto at = made.rbegin(); at != made.rend(); ++at) {
        auto path = std::filesystem::path(*at).relative_path();
        if (!remove_if_empty(upper, path))
            continue;
        for (path = path.parent_path(); !path.empty() && is_mere_copy(root, upper, path); path = path.parent_path())
            if (!remove_if_empty(upper, path))
                break;
    }
}
}  // namespace acrx::detail
#endif
