// One entry of a layer: a file, folder, link, device or whiteout (OCI image 1.1, layer.md).
#ifndef ACRX_SNAPSHOT_LAYER_ENTRY_HPP
#define ACRX_SNAPSHOT_LAYER_ENTRY_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/digest.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// What an entry is. A whiteout hides its path in the layers below; an opaque entry hides all that they have in a folder.
enum class entry_type : std::uint8_t
{
    regular,
    directory,
    symbolic_link,
    hard_link,
    character_device,
    block_device,
    fifo,
    whiteout,
    opaque,
};

/// One change that a layer makes. Paths are relative, with single slashes, without a slash at either end; the root is "".
struct layer_entry
{
    std::string path;  ///< for a whiteout, of what is hidden; for an opaque entry, of the folder
    entry_type type = entry_type::regular;
    std::uint32_t mode = 0;  ///< permission bits with setuid, setgid and sticky: at most 07777
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    time_point mtime{};
    std::uint64_t size = 0;  ///< bytes; of regular files only
    std::string link;        ///< text of a symbolic link; path of a hard link's target, in the same layer
    std::uint32_t device_major = 0;
    std::uint32_t device_minor = 0;
    std::vector<std::pair<std::string, std::string>> xattrs;  ///< name and raw value, sorted by name
    std::optional<sha256_bytes> content;                      ///< digest of a regular file's bytes, where known

    bool operator==(layer_entry const&) const = default;
};

/// An entry to be written, with the place its bytes come from.
struct layer_item
{
    layer_entry entry;
    std::string file;   ///< path of a regular file's content; opened without following a link at the end
    std::string bytes;  ///< the content itself, used if `file` is empty
};
}  // namespace acrx
#endif
