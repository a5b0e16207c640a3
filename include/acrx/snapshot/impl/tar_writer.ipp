// Bodies of snapshot/detail/tar_writer.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_TAR_WRITER_IPP
#define ACRX_SNAPSHOT_IMPL_TAR_WRITER_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/tar_writer.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// The name of an entry in the archive. @param made  holds it where it is not the path
inline std::string_view tar_name(layer_entry const& entry, std::string& made)
{
    auto const folder = entry.path.rfind('/') + 1;  // 0 without a slash
    switch (entry.type) {
    case entry_type::directory: return made = (entry.path.empty() ? "." : entry.path) + '/';
    case entry_type::whiteout: return made = entry.path.substr(0, folder) + ".wh." + entry.path.substr(folder);
    case entry_type::opaque: return made = entry.path + (entry.path.empty() ? "" : "/") + ".wh..wh..opq";
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

using pax_record = std::pair<std::string_view, std::string_view>;

/// What Windows is told of every folder: its attribute, and who may do what, a security descriptor (base64):
/// `O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)`
/// `(A;CI;DC;;;BU)`.
inline constexpr std::array<pax_record, 2> windows_folder{
    {{"MSWINDOWS.fileattr", "16"},
     {"MSWINDOWS.rawsd",
      "AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgCoAAcAAAAAAxgA/wEfAAECAAAAAAAFIAAA"
      "ACACAAAAAxQA/wEfAAEBAAAAAAAFEgAAAAAAGAD/AR8AAQIAAAAAAAUgAAAAIAIAAAALFAAAAAAQAQEAAAAAAAMAAAAAAAMYAKkA"
      "EgABAgAAAAAABSAAAAAhAgAAAAIYAAQAAAABAgAAAAAABSAAAAAhAgAAAAIYAAIAAAABAgAAAAAABSAAAAAhAgAA"}}};
/// The same of every file: `O:BAG:SYD:(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)`.
inline constexpr std::array<pax_record, 2> windows_file{
    {{"MSWINDOWS.fileattr", "32"},
     {"MSWINDOWS.rawsd",
      "AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgBMAAMAAAAAABgA/wEfAAECAAAAAAAFIAAA"
      "ACACAAAAABQA/wEfAAEBAAAAAAAFEgAAAAAAGACpABIAAQIAAAAAAAUgAAAAIQIAAA=="}}};

inline void tell_windows(tar_member& member)
{
    constexpr std::uint32_t folder_bit = 1U << 14U;
    constexpr std::uint32_t file_bit = 1U << 15U;
    member.created = member.mtime;
    if (member.type == '5') {
        member.mode |= folder_bit;
        member.records = windows_folder;
    } else if (member.type == '0') {
        member.mode |= file_bit;
        member.records = windows_file;
    }
}

/// @param name  of the entry in the archive; must outlive the result
inline tar_member to_member(layer_entry const& entry, std::string_view name, layer_form form)
{
    bool const is_mark = entry.type == entry_type::whiteout || entry.type == entry_type::opaque;
    tar_member member{.name = name,
                      .link = entry.link,
                      .type = tar_type(entry.type),
                      .mode = is_mark ? 0 : entry.mode & 07777U,
                      .uid = entry.uid,
                      .gid = entry.gid,
                      .size = content_size(entry),
                      .mtime = entry.mtime,
                      .device_major = entry.device_major,
                      .device_minor = entry.device_minor,
                      .xattrs = entry.xattrs};
    if (form == layer_form::windows)
        tell_windows(member);
    return member;
}

ACRX_DECL void append_tar_header(layer_entry const& entry, std::string& to, layer_form form)
{
    refuse_unspeakable(entry);
    std::string made;
    append_tar_header(to_member(entry, tar_name(entry, made), form), to);
}

ACRX_DECL std::size_t tar_header_size(layer_entry const& entry, layer_form form)
{
    std::string made;
    return tar_header_size(to_member(entry, tar_name(entry, made), form));
}

ACRX_DECL void append_header_facts(layer_entry const& entry, std::string& to)
{
    auto const number = [&](std::uint64_t value) {
        std::array<char, sizeof value> bytes;
        std::memcpy(bytes.data(), &value, sizeof value);
        to.append(bytes.data(), bytes.size());
    };
    auto const text = [&](std::string_view value) {
        number(value.size());
        to += value;
    };
    text(entry.path);
    text(entry.link);
    number(static_cast<std::uint64_t>(entry.type) << 32U | entry.mode);
    number(std::uint64_t{entry.uid} << 32U | entry.gid);
    number(std::uint64_t{entry.device_major} << 32U | entry.device_minor);
    number(static_cast<std::uint64_t>(entry.mtime.time_since_epoch().count()));
    number(entry.size);
    number(entry.xattrs.size());
    for (auto const& [name, value] : entry.xattrs) {
        text(name);
        text(value);
    }
}
}  // namespace acrx::detail
#endif
