// The control group of one step below a parent that the user named.
#ifndef ACRX_EXECUTOR_DETAIL_CONTROL_GROUPS_HPP
#define ACRX_EXECUTOR_DETAIL_CONTROL_GROUPS_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx::detail {
/// The folders that make up the group `PARENT/NAME`: one on machines with the unified hierarchy (version 2), else one
/// in each hierarchy. None of them need exist.
/// @throws error (`errc::invalid_argument`) if `parent` has a part `..`
ACRX_DECL std::vector<std::filesystem::path> control_group_folders(std::string const& parent, std::string const& name);
/// Makes the folders, and the parent where it is missing.
/// @throws error (`errc::no_permission`) if this process may not
ACRX_DECL void make_control_groups(std::vector<std::filesystem::path> const& folders);
/// Writes the names of the folders into the folder of a step, for whoever has to clean up after a crash.
ACRX_DECL void record_groups(std::filesystem::path const& step, std::vector<std::filesystem::path> const& folders);
/// What was recorded; nothing if nothing was.
ACRX_DECL std::vector<std::filesystem::path> recorded_groups(std::filesystem::path const& step);
/// Limits what all processes of the group may use together.
/// @throws error (`errc::not_supported`) if this machine has no controller for it; (`errc::invalid_argument`) for a
///         limit the kernel refuses
ACRX_DECL void limit_control_groups(std::vector<std::filesystem::path> const& folders, resource_quota const& quota);
/// Whether the kernel has killed a process of the group because its memory was used up.
ACRX_DECL bool ran_out_of_memory(std::vector<std::filesystem::path> const& folders);
/// Kills what is in the groups, waits for the end of it, at most two seconds, and removes the folders.
ACRX_DECL void end_control_groups(std::vector<std::filesystem::path> const& folders);
/// Removes the folders, not their parents; those in use or missing are left.
ACRX_DECL void remove_control_groups(std::vector<std::filesystem::path> const& folders) noexcept;
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/control_groups.ipp>
#endif
#endif
