// Bodies of executor/sandbox.hpp.
#ifndef ACRX_EXECUTOR_IMPL_SANDBOX_IPP
#define ACRX_EXECUTOR_IMPL_SANDBOX_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/closed_group.hpp>
#include <acrx/executor/detail/control_groups.hpp>
#include <acrx/executor/detail/launch.hpp>
#include <acrx/executor/detail/mount_point_traces.hpp>
#include <acrx/executor/detail/seccomp_profile.hpp>
#include <acrx/executor/detail/step_root.hpp>
#include <acrx/executor/sandbox.hpp>

#include <boost/asio/this_coro.hpp>

#include <sched.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <utility>

namespace acrx {
namespace detail {
inline launch_plan plan_sandbox(step_spec const& spec, std::filesystem::path const& state,
                                std::filesystem::path const& mount_points, std::filesystem::path const& folder)
{
    auto const mounts = stage_mounts(spec, folder);
    auto plan = plan_of(spec, mounts, mount_points, folder, state / "root");
    plan.namespaces = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;
    if (spec.cgroup_parent.empty() && spec.quota == resource_quota())
        plan.namespaces |= CLONE_NEWCGROUP;
    if (spec.network == network_mode::none)
        plan.namespaces |= CLONE_NEWNET;
    plan.loopback_up = spec.network == network_mode::none;
    plan.mounts = mount_table(spec, write_network_files(folder, spec), mounts.inside);
    auto const own = own_devices(spec);
    auto const add = [&](std::vector<mount_entry> const& more) {
        for (auto const& entry : more)
            if (std::none_of(own.begin(), own.end(), [&](auto const& node) { return node.target == entry.target; }))
                plan.mounts.push_back(entry);
    };
    add(devices());
    if (spec.privileged)
        add(host_devices());
    else if (spec.rights.masked)
        add(protections());
    plan.mounts.insert(plan.mounts.end(), own.begin(), own.end());
    if (!spec.privileged && spec.rights.filtered)
        plan.filter = seccomp_filter(spec.rights.capabilities);
    plan.limits = limits_of(spec);
    plan.restricted = !spec.privileged;
    plan.capabilities = spec.rights.capabilities;
    plan.no_new_privileges = !spec.privileged && spec.rights.no_new_privileges;
    plan.enter_root = true;
    plan.read_only_root = spec.read_only_root;
    plan.hostname = spec.hostname;
    plan.change_user = true;
    plan.start = program_of(spec);
    return plan;
}

inline std::function<void(step_end&)> cleaner_of(root_filesystem root, std::vector<std::string> made,
                                                 std::vector<std::filesystem::path> groups)
{
    return [root = std::move(root), made = std::move(made), groups = std::move(groups)](step_end& end) {
        end.out_of_memory = ran_out_of_memory(groups);
        remove_mount_points(root, made);
        remove_control_groups(groups);
    };
}
}  // namespace detail

ACRX_DECL sandbox::sandbox(std::filesystem::path state, std::string closed_group)
    : step_table(std::filesystem::absolute(state) / "runs"), state_(std::filesystem::absolute(state)),
      closed_group_(std::move(closed_group))
{
    mount_points_ = detail::make_common_mount_points(state_);
    std::filesystem::create_directories(state_ / "root");
}

ACRX_DECL net::awaitable<void> sandbox::submit(step_spec spec, step_key key)
{
    auto folder = claim(key);
    if (!folder)
        co_return;
    enter_closed_group(spec, closed_group_);
    auto const claimed = folder->path();
    std::vector<std::filesystem::path> groups;
    std::exception_ptr failure;
    try {
        auto plan = detail::plan_sandbox(spec, state_, mount_points_, claimed);
        groups = detail::enter_own_group(plan, spec, claimed);
        auto started = co_await detail::launch(std::move(plan));
        auto clean = detail::cleaner_of(spec.root, std::move(started.made_points), groups);
        detail::started_step step{std::move(started.process), std::move(started.output), spec.timeout,
                                  std::move(clean)};
        follow(co_await net::this_coro::executor, key, std::move(*folder), std::move(step));
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        detail::remove_control_groups(groups);
        give_up(claimed);
        std::rethrow_exception(failure);
    }
}
}  // namespace acrx
#endif
