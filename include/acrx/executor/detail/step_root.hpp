// The files of this machine that a step's root needs besides its layers.
#ifndef ACRX_EXECUTOR_DETAIL_STEP_ROOT_HPP
#define ACRX_EXECUTOR_DETAIL_STEP_ROOT_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/launch_plan.hpp>
#include <acrx/executor/detail/mount_table.hpp>
#include <acrx/executor/detail/staged_mounts.hpp>
#include <acrx/executor/step_spec.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx::detail {
/// Makes the folder with the mount points that every step needs: it lies below all layers, so that nothing has to be
/// made in the step's own. @return it
ACRX_DECL std::filesystem::path make_common_mount_points(std::filesystem::path const& state);
/// The same for the targets of a step's own mounts; empty if it has none.
/// @throws error (`errc::invalid_argument`) if a target is not absolute, is `/`, or contains `..`
ACRX_DECL std::filesystem::path make_own_mount_points(std::filesystem::path const& folder,
                                              std::vector<mount_entry> const& own);
/// The texts of /etc/hosts, unless the step's place has that file, and /etc/resolv.conf.
struct network_texts
{
    std::string hosts;
    std::string resolv_conf;
};
ACRX_DECL network_texts network_texts_of(step_spec const& spec);
/// Writes /etc/hosts and /etc/resolv.conf of a step.
ACRX_DECL network_files write_network_files(std::filesystem::path const& folder, step_spec const& spec);
/// What both isolating executors put into a plan: root, mounts outside of it, working folder, mount points.
/// @param common  of `make_common_mount_points`
/// @param folder  takes the step's own mount points; of the step, or of all that have the same
ACRX_DECL launch_plan plan_of(step_spec const& spec, staged_mounts const& mounts, std::filesystem::path const& common,
                              std::filesystem::path const& folder, std::filesystem::path const& mount_point);
/// Makes the control group that the specification asks for, if any, and lets the plan enter it.
/// @param folder  of the step, where the group is recorded
/// @return        the folders to remove when the step has ended, or could not start
ACRX_DECL std::vector<std::filesystem::path> enter_own_group(launch_plan& plan, step_spec const& spec,
                                                             std::filesystem::path const& folder);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/step_root.ipp>
#endif
#endif
