// A root filesystem as a value: which folders to stack, not yet mounted.
#ifndef ACRX_SNAPSHOT_ROOT_FILESYSTEM_HPP
#define ACRX_SNAPSHOT_ROOT_FILESYSTEM_HPP

#include <filesystem>
#include <vector>

namespace acrx {
/// Folders that make up the root of a step. Whoever runs the step mounts them, in a mount namespace of the step's own,
/// so that nothing stays mounted when the step or its starter dies.
struct root_filesystem
{
    std::vector<std::filesystem::path> lower;  ///< read-only, topmost first; empty if `upper` is the whole root
    std::filesystem::path upper;               ///< takes the changes
    std::filesystem::path work;                ///< overlayfs needs it beside `upper`; empty if `lower` is empty
};
}  // namespace acrx
#endif
