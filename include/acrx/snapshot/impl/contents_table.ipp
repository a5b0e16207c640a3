// Bodies of snapshot/detail/contents_table.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_CONTENTS_TABLE_IPP
#define ACRX_SNAPSHOT_IMPL_CONTENTS_TABLE_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/snapshot/detail/contents_table.hpp>

#include <boost/json/serialize.hpp>

#include <chrono>

namespace acrx::detail {
inline std::string contents_name(layer_entry const& entry)
{
    auto const name = entry.path.rfind('/') + 1;
    switch (entry.type) {
    case entry_type::directory: return entry.path.empty() ? "./" : entry.path + "/";
    case entry_type::whiteout: return entry.path.substr(0, name) + ".wh." + entry.path.substr(name);
    case entry_type::opaque: return entry.path + (entry.path.empty() ? "" : "/") + ".wh..wh..opq";
    default: return entry.path;
    }
}

inline std::string_view contents_type(entry_type type)
{
    switch (type) {
    case entry_type::directory: return "dir";
    case entry_type::symbolic_link: return "symlink";
    case entry_type::hard_link: return "hardlink";
    case entry_type::character_device: return "char";
    case entry_type::block_device: return "block";
    case entry_type::fifo: return "fifo";
    default: return "reg";
    }
}

ACRX_DECL void contents_table::add(layer_entry const& entry)
{
    boost::json::object line;
    line["name"] = contents_name(entry);
    line["type"] = contents_type(entry.type);
    if (entry.type == entry_type::regular && entry.size > 0)
        line["size"] = entry.size;
    auto const seconds = std::chrono::round<std::chrono::seconds>(entry.mtime);
    if (seconds.time_since_epoch().count() != 0)
        line["modtime"] = to_rfc3339(seconds);
    if (!entry.link.empty())
        line["linkName"] = entry.link;
    if (entry.mode != 0)
        line["mode"] = entry.mode;
    if (entry.uid != 0)
        line["uid"] = entry.uid;
    if (entry.gid != 0)
        line["gid"] = entry.gid;
    if (entry.device_major != 0)
        line["devMajor"] = entry.device_major;
    if (entry.device_minor != 0)
        line["devMinor"] = entry.device_minor;
    if (!entry.xattrs.empty()) {
        boost::json::object xattrs;
        for (auto const& [name, value] : entry.xattrs)
            xattrs[name] = to_base64(value);
        line["xattrs"] = std::move(xattrs);
    }
    lines_.emplace_back(std::move(line));
    is_fresh_ = true;
}

ACRX_DECL void contents_table::add(content_chunk const& chunk)
{
    if (!is_fresh_) {
        boost::json::object more;
        more["name"] = lines_.back().as_object().at("name");
        more["type"] = "chunk";
        lines_.emplace_back(std::move(more));
    }
    is_fresh_ = false;
    auto& line = lines_.back().as_object();
    line["offset"] = chunk.blob_offset;
    if (chunk.file_offset != 0)
        line["chunkOffset"] = chunk.file_offset;
    if (chunk.size != 0)
        line["chunkSize"] = chunk.size;
    line["chunkDigest"] = chunk.sum.str();
}

ACRX_DECL void contents_table::set_digest(std::size_t line, digest const& sum)
{
    lines_.at(line).as_object()["digest"] = sum.str();
}

ACRX_DECL std::string contents_table::to_json_text() const
{
    boost::json::object table;
    table["version"] = 1;
    table["entries"] = lines_;
    return boost::json::serialize(table);
}

ACRX_DECL std::string contents_table_footer(std::uint64_t offset)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string digits(16, '0');
    for (std::size_t i = 16; i-- > 0; offset >>= 4U)
        digits[i] = hex[offset & 15U];
    using namespace std::string_view_literals;
    std::string footer("\x1f\x8b\x08\x04\0\0\0\0\0\xff"sv);  // gzip with an extra field, no time, system unknown
    footer += "\x1a\0SG\x16\0"sv;                            // 26 bytes: a field `SG` of 22
    footer += digits + "STARGZ";
    footer += "\x01\0\0\xff\xff"sv;       // one stored block of nothing, the last
    footer += "\0\0\0\0\0\0\0\0"sv;       // check sum and size of nothing
    return footer;
}
}  // namespace acrx::detail
#endif
