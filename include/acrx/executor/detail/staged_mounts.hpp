// The mounts that a step's specification asks for, as lines of two tables: outside of its root, and inside.
#ifndef ACRX_EXECUTOR_DETAIL_STAGED_MOUNTS_HPP
#define ACRX_EXECUTOR_DETAIL_STAGED_MOUNTS_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/mount_table.hpp>
#include <acrx/executor/step_spec.hpp>

#include <filesystem>
#include <vector>

namespace acrx::detail {
/// Stacks, parts of folders and files in memory are first made on this machine's own tree, where only the step's new
/// mount namespace sees them; what is left to do inside the root are plain binds, which any OCI runtime can make.
struct staged_mounts
{
    std::vector<mount_entry> outside;
    std::vector<mount_entry> inside;  ///< one for each mount of the specification, in its order
};

/// @param folder  of the step; takes the empty mount points
/// @throws error (`errc::invalid_argument`) for a stack without folders
ACRX_DECL staged_mounts stage_mounts(step_spec const& spec, std::filesystem::path const& folder);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/staged_mounts.ipp>
#endif
#endif
