// Takes mount points that were made for one step away again, so that they do not appear in its layer.
#ifndef ACRX_EXECUTOR_DETAIL_MOUNT_POINT_TRACES_HPP
#define ACRX_EXECUTOR_DETAIL_MOUNT_POINT_TRACES_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/root_filesystem.hpp>

#include <string>
#include <vector>

namespace acrx::detail {
/// Removes what is still empty, and then folders above it that are in the upper folder for no other reason; the times
/// of the folders that stay are as before. Must run after all processes of the step are gone.
///
/// @param made  paths inside the root without links, in the order they were made
ACRX_DECL void remove_mount_points(root_filesystem const& root, std::vector<std::string> const& made);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/mount_point_traces.ipp>
#endif
#endif
