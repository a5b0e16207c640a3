// A walk along a path of a root filesystem, link by link, that never leaves the root.
#ifndef ACRX_SNAPSHOT_PATH_WALK_HPP
#define ACRX_SNAPSHOT_PATH_WALK_HPP

#include <acrx/core/config.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// What a walk finds at one path.
struct walked_place
{
    std::optional<std::string_view> link;  ///< text of a symbolic link; must stay valid until the walk has ended
    bool is_there = true;
    bool is_folder = true;
};

/// Where a walk has ended.
struct walked_path
{
    std::string path;      ///< relative, without links, `.` and `..`; the root is ""
    bool is_whole = true;  ///< every part was there, and every one that was gone through a folder
};

/// Follows a path from the root as the kernel does it under `chroot`: `..` stays in the root, absolute links begin there.
/// @param follow_last  also a link at the end
/// @param look         tells what is at a path, its last name not followed
/// @throws error (`errc::outside_root`) after 255 links
ACRX_DECL walked_path walk_path(std::string_view path, bool follow_last,
                                std::function<walked_place(std::string const& path)> const& look);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/path_walk.ipp>
#endif
#endif
