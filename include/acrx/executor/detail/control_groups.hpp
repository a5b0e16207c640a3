// The control group of one step below a parent that the user named.
#ifndef ACRX_EXECUTOR_DETAIL_CONTROL_GROUPS_HPP
#define ACRX_EXECUTOR_DETAIL_CONTROL_GROUPS_HPP

#include <acrx/core/config.hpp>

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
/// Removes the folders, not their parents; those in use or missing are left.
ACRX_DECL void remove_control_groups(std::vector<std::filesystem::path> const& folders) noexcept;
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/control_groups.ipp>
#endif
#endif
