// Bodies of snapshot/layer_index.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_LAYER_INDEX_IPP
#define ACRX_SNAPSHOT_IMPL_LAYER_INDEX_IPP
#include <acrx/snapshot/detail/binary_form.hpp>
#include <acrx/snapshot/layer_index.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace acrx {
namespace detail {
constexpr std::string_view index_magic = "acrxindx";
constexpr std::uint32_t index_version = 2;
// The low four bits of an entry's first byte are its type.
constexpr std::uint8_t type_bits = 0x0f;
constexpr std::uint8_t has_content = 0x10;
constexpr std::uint8_t has_xattrs = 0x20;
constexpr std::uint8_t has_device = 0x40;
constexpr std::uint8_t has_link = 0x80;

/// The order of entries in an index: by path, the opaque mark after its folder.
inline bool entry_less(layer_entry const& a, layer_entry const& b)
{
    if (a.path == b.path)
        return a.type != entry_type::opaque && b.type == entry_type::opaque;
    return path_less{}(a.path, b.path);
}

/// The first entry whose path is not before `path`.
inline auto lower_bound(std::span<layer_entry const> entries, std::string_view path)
{
    return std::lower_bound(entries.begin(), entries.end(), path,
                            [](layer_entry const& e, std::string_view p) { return path_less{}(e.path, p); });
}

inline void write_entry(binary_writer& to, layer_entry const& entry, std::string_view before)
{
    auto flags = static_cast<std::uint8_t>(entry.type);
    bool const is_device = entry.device_major != 0 || entry.device_minor != 0;
    flags = static_cast<std::uint8_t>(flags | (entry.content ? has_content : 0) | (is_device ? has_device : 0)
                                      | (entry.xattrs.empty() ? 0 : has_xattrs) | (entry.link.empty() ? 0 : has_link));
    auto const shared = static_cast<std::size_t>(
        std::mismatch(entry.path.begin(), entry.path.end(), before.begin(), before.end()).first - entry.path.begin());
    to.number(flags);
    to.number(shared);
    to.text(std::string_view(entry.path).substr(shared));
    to.number(entry.mode);
    to.number(entry.uid);
    to.number(entry.gid);
    to.signed_number(entry.mtime.time_since_epoch().count());
    to.number(entry.size);
    if (entry.content)
        to.hash(*entry.content);
    if (!entry.link.empty())
        to.text(entry.link);
    if (is_device) {
        to.number(entry.device_major);
        to.number(entry.device_minor);
    }
    if (entry.xattrs.empty())
        return;
    to.number(entry.xattrs.size());
    for (auto const& [name, value] : entry.xattrs) {
        to.text(name);
        to.text(value);
    }
}

/// Reads the path, which must come after the one before: searching relies on the order, whatever the check sum says.
inline void read_path(binary_reader& from, layer_entry& entry, layer_entry const* before)
{
    std::string_view const last = before != nullptr ? std::string_view(before->path) : std::string_view{};
    auto const shared = from.number();
    auto const rest = from.text();
    if (shared > last.size())
        from.fail();
    auto const last_rest = last.substr(static_cast<std::size_t>(shared));
    bool const is_mark = last_rest == rest && entry.type == entry_type::opaque
                         && before != nullptr && before->type != entry_type::opaque;
    if (before != nullptr && !is_mark && !path_less{}(last_rest, rest))
        from.fail();
    entry.path.reserve(static_cast<std::size_t>(shared) + rest.size());
    entry.path.append(last, 0, static_cast<std::size_t>(shared)).append(rest);
}

inline void read_entry_form(binary_reader& from, layer_entry& entry, layer_entry const* before)
{
    auto const flags = from.number();
    if ((flags & type_bits) > static_cast<std::uint8_t>(entry_type::opaque) || flags > 0xffU)
        from.fail();
    entry.type = static_cast<entry_type>(flags & type_bits);
    read_path(from, entry, before);
    entry.mode = from.number32();
    entry.uid = from.number32();
    entry.gid = from.number32();
    entry.mtime = time_point(std::chrono::nanoseconds(from.signed_number()));
    entry.size = from.number();
    if ((flags & has_content) != 0)
        entry.content = from.hash();
    if (entry.type == entry_type::regular && !entry.content)
        from.fail();
    if ((flags & has_link) != 0)
        entry.link = from.text();
    if ((flags & has_device) != 0) {
        entry.device_major = from.number32();
        entry.device_minor = from.number32();
    }
    if ((flags & has_xattrs) != 0) {
        entry.xattrs.resize(from.count(2));
        for (auto& [name, value] : entry.xattrs) {
            name = from.text();
            value = from.text();
        }
    }
}
}  // namespace detail

ACRX_DECL layer_index::layer_index(std::vector<layer_entry> entries, std::map<std::string, std::string> kept)
    : entries_(std::move(entries)), kept_(std::move(kept))
{
    if (!std::is_sorted(entries_.begin(), entries_.end(), detail::entry_less))
        std::stable_sort(entries_.begin(), entries_.end(), detail::entry_less);
    // Of equal ones the last stays: `unique` keeps the first, so it runs from the end.
    auto const same = [](layer_entry const& a, layer_entry const& b) {
        return a.path == b.path && (a.type == entry_type::opaque) == (b.type == entry_type::opaque);
    };
    auto const first_kept = std::unique(entries_.rbegin(), entries_.rend(), same).base();
    entries_.erase(entries_.begin(), first_kept);
}

ACRX_DECL layer_entry const* layer_index::find(std::string_view path) const
{
    std::span<layer_entry const> const all(entries_);
    auto const at = detail::lower_bound(all, path);
    return at != all.end() && at->path == path && at->type != entry_type::opaque ? &*at : nullptr;
}

ACRX_DECL bool layer_index::is_opaque(std::string_view folder) const
{
    std::span<layer_entry const> const all(entries_);
    auto at = detail::lower_bound(all, folder);
    for (; at != all.end() && at->path == folder; ++at)
        if (at->type == entry_type::opaque)
            return true;
    return false;
}

ACRX_DECL std::span<layer_entry const> layer_index::below(std::string_view folder) const
{
    std::span<layer_entry const> const all(entries_);
    auto const is_before_content = [&](layer_entry const& e) { return !path_less{}(folder, e.path); };
    auto const is_within = [&](layer_entry const& e) {
        return folder.empty() || (e.path.size() > folder.size() && e.path[folder.size()] == '/'
                                  && std::string_view(e.path).starts_with(folder));
    };
    auto const first = std::partition_point(all.begin(), all.end(), is_before_content);
    auto const last = std::partition_point(first, all.end(), is_within);
    return {first, last};
}

ACRX_DECL std::optional<std::string_view> layer_index::kept(std::string_view path) const
{
    auto const at = kept_.find(std::string(path));
    return at == kept_.end() ? std::nullopt : std::optional<std::string_view>(at->second);
}

ACRX_DECL bool layer_index::keeps(std::string_view path)
{
    return path == "etc/passwd" || path == "etc/group";
}

ACRX_DECL std::string layer_index::to_bytes() const
{
    detail::binary_writer to;
    to.number(entries_.size());
    std::string_view before;
    for (auto const& entry : entries_) {
        detail::write_entry(to, entry, before);
        before = entry.path;
    }
    to.number(kept_.size());
    for (auto const& [path, content] : kept_) {
        to.text(path);
        to.text(content);
    }
    return to.in_envelope(detail::index_magic, detail::index_version);
}

ACRX_DECL layer_index layer_index::from_bytes(std::string_view bytes)
{
    detail::binary_reader from(bytes, detail::index_magic, detail::index_version, "reading the index of a layer");
    constexpr std::size_t least_entry = 8;
    layer_index result;
    result.entries_.resize(from.count(least_entry));
    layer_entry const* before = nullptr;
    for (auto& entry : result.entries_) {
        detail::read_entry_form(from, entry, before);
        before = &entry;
    }
    for (auto left = from.count(2); left > 0; --left) {
        std::string path(from.text());
        result.kept_.insert_or_assign(std::move(path), from.text());
    }
    from.end();
    return result;
}
}  // namespace acrx
#endif
