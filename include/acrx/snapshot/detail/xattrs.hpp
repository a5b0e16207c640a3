// Extended attributes as the names and values of a layer entry.
#ifndef ACRX_SNAPSHOT_DETAIL_XATTRS_HPP
#define ACRX_SNAPSHOT_DETAIL_XATTRS_HPP

#include <acrx/core/config.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
using xattr_list = std::vector<std::pair<std::string, std::string>>;

/// On the folder of an unpacked layer with a file, which it names, that may not have its owner.
inline constexpr auto disowned_mark = "user.acrx.disowned";

/// A name by which the file `name` in the open folder `folder` can be reached without following a link at its end.
inline std::string name_in_folder(int folder, std::string_view name)
{
    return "/proc/self/fd/" + std::to_string(folder) + (name.empty() ? "" : "/") + std::string(name);
}
/// All attributes, sorted by name; empty where the file system has none. @param name  never followed if it is a link
ACRX_DECL xattr_list read_xattrs(std::filesystem::path const& name);
/// Whether an attribute belongs into a layer: not those of overlayfs and ours, nor labels that each host sets anew.
ACRX_DECL bool is_portable_xattr(std::string_view name);
/// Whether the kernel lets this process write an attribute: in a user namespace, of `security.` only capabilities.
ACRX_DECL bool may_write_xattr(std::string_view name);
/// @throws error naming `shown`
ACRX_DECL void write_xattr(std::filesystem::path const& name, std::string const& key, std::string const& value,
                           std::string const& shown);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/xattrs.ipp>
#endif
#endif
