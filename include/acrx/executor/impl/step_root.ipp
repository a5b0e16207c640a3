// Bodies of executor/detail/step_root.hpp.
#ifndef ACRX_EXECUTOR_IMPL_STEP_ROOT_IPP
#define ACRX_EXECUTOR_IMPL_STEP_ROOT_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/check_isolation.hpp>
#include <acrx/executor/detail/control_groups.hpp>
#include <acrx/executor/detail/step_root.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <span>
#include <string_view>
#include <system_error>

namespace acrx::detail {
/// Every folder has mode 0755, whatever the umask.
inline void make_mount_point(std::filesystem::path const& folder)
{
    if (::mkdir(folder.c_str(), 0755) != 0) {
        if (errno == ENOENT) {
            make_mount_point(folder.parent_path());
            return make_mount_point(folder);
        }
        if (errno != EEXIST)
            throw_file_errno("making the folder " + folder.string());
        return;
    }
    if (::chmod(folder.c_str(), 0755) != 0)
        throw_errno("making the folder " + folder.string());
}

inline void make_mount_point_file(std::filesystem::path const& file)
{
    make_mount_point(file.parent_path());
    unique_fd const made(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
    if (!made)
        throw_file_errno("making " + file.string());
}

ACRX_DECL std::filesystem::path make_common_mount_points(std::filesystem::path const& state)
{
    auto const mount_points = state / "mount_points";
    for (auto const* name : {"dev", "proc", "sys"})
        make_mount_point(mount_points / name);
    for (auto const* name : {"etc/hosts", "etc/resolv.conf"})
        make_mount_point_file(mount_points / name);
    return mount_points;
}

inline void check_target(std::string const& target)
{
    auto const path = std::filesystem::path(target);
    bool parent = false;
    for (auto const& part : path)
        parent = parent || part == "..";
    if (!path.is_absolute() || !path.has_relative_path() || parent || target.size() >= 4096)
        throw error(errc::invalid_argument, "invalid mount target \"" + target + "\"");
}

/// Where filesystems of the kernel are, a layer cannot help.
inline bool is_below_kernel_filesystem(std::string const& target)
{
    for (std::string_view const top : {"/dev/", "/proc/", "/sys/"})
        if (target.starts_with(top))
            return true;
    return false;
}

ACRX_DECL std::filesystem::path make_own_mount_points(std::filesystem::path const& folder,
                                              std::vector<mount_entry> const& own)
{
    auto const mount_points = folder / "mount_points";
    bool made = false;
    auto const add = [&](std::string const& target, bool file) {
        check_target(target);
        if (is_below_kernel_filesystem(target))
            return;
        auto const place = mount_points / std::filesystem::path(target).relative_path();
        std::error_code ignored;  // a target below another one may not fit; it is then made inside the root
        if (std::filesystem::exists(place, ignored))
            return;
        file ? make_mount_point_file(place) : make_mount_point(place);
        made = true;
    };
    for (auto const& mount : own)
        add(mount.target, mount.what == mount_entry::kind::bind_file);
    return made ? mount_points : std::filesystem::path();
}

ACRX_DECL network_texts network_texts_of(step_spec const& spec)
{
    auto const ours = read_file_if_exists("/etc/resolv.conf", std::uint64_t{1} << 20);
    return {spec.place.hosts.empty() ? hosts_text(spec) : std::string(),
            resolv_conf_text(ours.value_or(""), spec.network, spec.place.name_servers)};
}

ACRX_DECL network_files write_network_files(std::filesystem::path const& folder, step_spec const& spec)
{
    network_files files{folder / "hosts", folder / "resolv.conf"};
    auto const texts = network_texts_of(spec);
    auto const write = [](std::filesystem::path const& file, std::string const& text) {
        unique_fd const made(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (!made || ::fchmod(made.get(), 0644) != 0)
            throw_file_errno("writing " + file.string());
        write_all(made.get(), std::as_bytes(std::span(text)), file);
    };
    if (spec.place.hosts.empty())
        write(files.hosts, texts.hosts);
    else
        files.hosts = spec.place.hosts;
    write(files.resolv_conf, texts.resolv_conf);
    return files;
}

ACRX_DECL launch_plan plan_of(step_spec const& spec, staged_mounts const& mounts, std::filesystem::path const& common,
                              std::filesystem::path const& folder, std::filesystem::path const& mount_point)
{
    check_isolation(spec);
    launch_plan plan;
    std::vector<std::string> mount_points;
    if (auto const own = make_own_mount_points(folder, mounts.inside); !own.empty())
        mount_points.push_back(own.string());
    plan.outside = mounts.outside;
    mount_points.push_back(common.string());
    plan_root(plan, spec.root, mount_points);
    // Left by a volatile mount of the same folders, which would forbid another one.
    if (!spec.root.work.empty())
        remove_tree(spec.root.work / "work" / "incompat");
    if (spec.network == network_mode::joined) {
        if (spec.place.name_space.empty())
            throw error(errc::not_supported, "joining a step to the network \"" + spec.network_name + "\"",
                        "Only the OCI runtime and the Docker engine make networks for steps.");
        plan.network = spec.place.name_space;
    }
    plan.mount_point = mount_point.string();
    plan.working_dir = spec.working_dir.empty() ? "/" : spec.working_dir;
    plan.uid = spec.uid;
    plan.gid = spec.gid;
    plan.groups.assign(spec.groups.begin(), spec.groups.end());
    plan.keeps_groups = !is_first_user_namespace();
    return plan;
}

ACRX_DECL std::vector<std::filesystem::path> enter_own_group(launch_plan& plan, step_spec const& spec,
                                                             std::filesystem::path const& folder)
{
    bool const limited = spec.quota != resource_quota();
    if (spec.cgroup_parent.empty() && !limited)
        return {};
    auto const parent = spec.cgroup_parent.empty() ? "/acrx" : spec.cgroup_parent;
    auto const folders = control_group_folders(parent, "acrx-" + folder.filename().string());
    record_groups(folder, folders);
    make_control_groups(folders);
    try {
        limit_control_groups(folders, spec.quota);
    } catch (...) {
        remove_control_groups(folders);
        throw;
    }
    for (auto const& group : folders)
        plan.control_groups.push_back((group / "cgroup.procs").string());
    return folders;
}
}  // namespace acrx::detail
#endif
