// Bodies of executor/detail/new_root.hpp. Only async-signal-safe calls: no allocation, no locks, no exceptions.
#ifndef ACRX_EXECUTOR_IMPL_NEW_ROOT_IPP
#define ACRX_EXECUTOR_IMPL_NEW_ROOT_IPP
#include <acrx/executor/detail/new_root.hpp>
#include <acrx/executor/impl/mount_entries.ipp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace acrx::detail {
[[noreturn]] ACRX_DECL void fail(launch_stage stage, std::size_t entry) noexcept
{
    launch_report report;
    report.stage = stage;
    report.number = errno;
    report.entry = static_cast<std::uint32_t>(entry);
    [[maybe_unused]] auto const written = ::write(launch_report_descriptor, &report, sizeof report);
    ::_exit(125);
}

/// The descriptors are 4, 5, … because everything above 3 was closed; the overlay's options count on it.
inline void open_folders(launch_plan const& plan) noexcept
{
    int expected = launch_report_descriptor;
    for (auto const& folder : plan.folders)
        if (::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC) != ++expected)
            fail(launch_stage::open_folder, static_cast<std::size_t>(&folder - plan.folders.data()));
}

inline void mount_root(launch_plan const& plan) noexcept
{
    open_folders(plan);
    if (plan.overlay_options.empty()) {
        if (bind(plan.folders.front().c_str(), plan.mount_point.c_str()) != 0)
            fail(launch_stage::mount_root);
    } else {
        if (::chdir("/proc/self/fd") != 0)
            fail(launch_stage::mount_root);
        bool mounted = false;
        for (auto const& options : plan.overlay_options) {
            mounted = ::mount("overlay", plan.mount_point.c_str(), "overlay", 0, options.c_str()) == 0;
            if (mounted || errno != EINVAL)
                break;
        }
        if (!mounted)
            fail(launch_stage::mount_root);
    }
    for (std::size_t index = 0; index < plan.folders.size(); ++index)
        ::close(launch_report_descriptor + 1 + static_cast<int>(index));
}

inline void make_points(int root, launch_plan const& plan) noexcept
{
    for (auto const& entry : plan.points) {
        bool const file = entry.what == mount_entry::kind::bind_file;
        auto const point = open_or_make(root, entry.target, missing_point(entry.target, file));
        if (point < 0)
            fail(launch_stage::mount_entry);
        ::close(point);
    }
    auto const folder = open_or_make(root, plan.working_dir, {false, false, plan.uid, plan.gid, false});
    if (folder < 0)
        fail(launch_stage::working_dir);
    ::close(folder);
}

inline void enter_root(launch_plan const& plan, int root) noexcept
{
    if (::fchdir(root) != 0 || ::syscall(SYS_pivot_root, ".", ".") != 0 || ::umount2(".", MNT_DETACH) != 0
        || ::chdir("/") != 0)
        fail(launch_stage::enter_root);
    if (plan.read_only_root && ::mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0)
        fail(launch_stage::protect_root);
    if (::chdir(plan.working_dir.c_str()) != 0)
        fail(launch_stage::working_dir);
}

ACRX_DECL void make_root(launch_plan const& plan) noexcept
{
    if ((plan.namespaces & CLONE_NEWNS) == 0) {
        if (::chdir(plan.working_dir.c_str()) != 0)
            fail(launch_stage::working_dir);
        return;
    }
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        fail(launch_stage::private_mounts);
    if (!plan.outside.empty()) {
        auto const top = ::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
        apply_all(top, plan.outside, launch_stage::outside_mount);
        ::close(top);
    }
    if (plan.mount_point.empty())
        return;
    mount_root(plan);
    auto const root = ::open(plan.mount_point.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        fail(launch_stage::mount_root);
    apply_all(root, plan.mounts, launch_stage::mount_entry);
    make_points(root, plan);
    if (plan.enter_root)
        enter_root(plan, root);
    else if (::chdir("/") != 0)
        fail(launch_stage::enter_root);
    ::close(root);
}
}  // namespace acrx::detail
#endif
