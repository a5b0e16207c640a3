// Bodies of snapshot/detail/tar_writer.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_TAR_WRITER_IPP
#define ACRX_SNAPSHOT_IMPL_TAR_WRITER_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/tar_writer.hpp>

#include <string>

namespace acrx::detail {
/// The name of an entry in the archive.
inline std::string tar_name(layer_entry const& entry)
{
    auto const slash = entry.path.rfind('/');
    auto const folder = slash == std::string::npos ? std::string() : entry.path.substr(0, slash + 1);
    switch (entry.type) {
    case entry_type::directory: return (entry.path.empty() ? "." : entry.path) + '/';
    case entry_type::whiteout: return folder + ".wh." + entry.path.substr(folder.size());
    case entry_type::opaque: return entry.path + (entry.path.empty() ? "" : "/") + ".wh..wh..opq";
    default: return entry.path;
    }
}

inline char tar_type(entry_type type)
{
    switch (type) {
    case entry_type::hard_link: return '1';
    case entry_type::symbolic_link: return '2';
    case entry_type::character_device: return '3';
    case entry_type::block_device: return '4';
    case entry_type::directory: return '5';
    case entry_type::fifo: return '6';
    default: return '0';
    }
}

inline void refuse_unspeakable(layer_entry const& entry)
{
    if (entry.path.starts_with(".wh.") || entry.path.find("/.wh.") != std::string::npos)
        throw error(errc::invalid_argument, "packing " + entry.path + ": names that begin with .wh. mark deletions",
                    "Rename the file: a layer cannot hold a name that begins with \".wh.\".");
    constexpr std::uint32_t highest_device = 07777777;
    if (entry.device_major > highest_device || entry.device_minor > highest_device)
        throw error(errc::invalid_argument, "packing " + entry.path + ": device number out of range");
}

/// @param name  of the entry in the archive; must outlive the result
inline tar_member to_member(layer_entry const& entry, std::string_view name)
{
    bool const is_mark = entry.type == entry_type::whiteout || entry.type == entry_type::opaque;
    return {.name = name,
            .link = entry.link,
            .type = tar_type(entry.type),
            .mode = is_mark ? 0 : entry.mode,
            .uid = entry.uid,
            .gid = entry.gid,
            .size = content_size(entry),
            .mtime = entry.mtime,
            .device_major = entry.device_major,
            .device_minor = entry.device_minor,
            .xattrs = entry.xattrs};
}

ACRX_DECL void append_tar_header(layer_entry const& entry, std::string& to)
{
    refuse_unspeakable(entry);
    auto const name = tar_name(entry);
    append_tar_header(to_member(entry, name), to);
}

ACRX_DECL std::size_t tar_header_size(layer_entry const& entry)
{
    auto const name = tar_name(entry);
    return tar_header_size(to_member(entry, name));
}
}  // namespace acrx::detail
#endif
