// Bodies of snapshot/detail/read_layer.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_READ_LAYER_IPP
#define ACRX_SNAPSHOT_IMPL_READ_LAYER_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/detail/xattrs.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <unordered_set>
#include <utility>

namespace acrx::detail {
ACRX_DECL std::optional<std::string> clean_path(std::string_view path)
{
    std::string result;
    while (!path.empty()) {
        auto const slash = std::min(path.find('/'), path.size());
        auto const part = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (part.empty() || part == ".")
            continue;
        if (part != "..") {
            if (!result.empty())
                result += '/';
            result += part;
        } else if (result.empty()) {
            return std::nullopt;
        } else {
            result.resize(folder_of(result).size());
        }
    }
    return result;
}

ACRX_DECL layer_entry to_layer_entry(archive_entry_info const& from)
{
    constexpr entry_type types[] = {entry_type::regular,          entry_type::hard_link,    entry_type::symbolic_link,
                                    entry_type::character_device, entry_type::block_device, entry_type::directory,
                                    entry_type::fifo};
    layer_entry entry;
    entry.path = from.path;
    entry.type = types[static_cast<std::size_t>(from.type)];
    entry.mode = entry.type == entry_type::symbolic_link ? 0777 : from.mode;
    entry.uid = from.uid;
    entry.gid = from.gid;
    entry.mtime = from.mtime;
    entry.size = from.size;
    if (entry.type == entry_type::symbolic_link || entry.type == entry_type::hard_link)
        entry.link = from.link;
    entry.device_major = from.device_major;
    entry.device_minor = from.device_minor;
    for (auto const& [name, value] : from.xattrs)
        if (is_portable_xattr(name))
            entry.xattrs.emplace_back(name, value);
    return entry;
}

ACRX_DECL layer_reader::layer_reader(byte_source archive, std::string name, content_sums sums)
    : archive_(std::move(archive), name), name_(std::move(name)), sums_(sums)
{}

ACRX_DECL void layer_reader::fail(std::string const& entry, std::string const& why) const
{
    throw error(errc::damaged, "reading the layer " + name_ + ": the entry \"" + entry.substr(0, 200) + "\" " + why);
}

ACRX_DECL std::string layer_reader::clean(std::string const& path) const
{
    auto cleaned = clean_path(path);
    if (!cleaned)
        fail(path, "leaves the root");
    return has_links_ ? spell_out(std::move(*cleaned)) : std::move(*cleaned);
}

/// Joins a link's target to the folder of the link; `..` stops at the root.
inline std::string join_target(std::string_view folder, std::string_view target)
{
    std::string whole(target.starts_with('/') ? std::string_view{} : folder);
    while (!target.empty()) {
        auto const end = std::min(target.find('/'), target.size());
        auto const part = target.substr(0, end);
        target.remove_prefix(std::min(end + 1, target.size()));
        if (part == "..")
            whole.resize(folder_of(whole).size());
        else if (!part.empty() && part != ".")
            whole += (whole.empty() ? "" : "/") + std::string(part);
    }
    return whole;
}

/// Replaces the links among a path's folders by what they point to.
ACRX_DECL std::string layer_reader::spell_out(std::string path) const
{
    int followed = 0;
    auto slash = path.find('/');
    while (slash != std::string::npos) {
        auto const found = paths_.find(path.substr(0, slash));
        if (found == paths_.end() || found->second.type != entry_type::symbolic_link) {
            slash = path.find('/', slash + 1);
            continue;
        }
        if (++followed > 255)
            fail(path, "leads through too many links");
        auto folder = join_target(folder_of(found->first), found->second.link);
        path = folder.empty() ? path.substr(slash + 1) : folder + path.substr(slash);
        slash = path.find('/');  // the target may lead through links itself
    }
    return path;
}

/// Turns `.wh.NAME` into what it means. @return false for a name that means nothing
ACRX_DECL bool layer_reader::take_whiteout()
{
    auto& entry = current_.entry;
    auto const name = name_of(entry.path);
    std::string const folder(folder_of(entry.path));
    auto const become = [&](entry_type type, std::string path) {
        layer_entry whiteout;
        whiteout.path = std::move(path);
        whiteout.type = type;
        entry = std::move(whiteout);
    };
    if (entry.path.starts_with(".wh..wh.") || entry.path.find("/.wh..wh.") != std::string::npos) {
        if (name != ".wh..wh..opq")
            return false;
        become(entry_type::opaque, folder);
    } else if (name.starts_with(".wh.")) {
        auto const hidden = name.substr(4);
        if (hidden.empty() || hidden == "." || hidden == "..")
            fail(entry.path, "hides nothing");
        become(entry_type::whiteout, folder.empty() ? std::string(hidden) : folder + '/' + std::string(hidden));
    } else if (entry.type == entry_type::character_device && entry.device_major == 0 && entry.device_minor == 0) {
        become(entry_type::whiteout, std::string(entry.path));  // how overlayfs spells it
    }
    return true;
}

ACRX_DECL met_entry const* layer_reader::next()
{
    end_content();
    while (auto const* found = archive_.next()) {
        current_ = {};
        current_.entry = to_layer_entry(*found);
        auto& entry = current_.entry;
        entry.path = clean(entry.path);
        if (!take_whiteout())
            continue;
        if (entry.type == entry_type::hard_link) {
            entry.link = clean(entry.link);
            if (entry.link == entry.path)
                continue;
            auto const target = paths_.find(entry.link);
            if (target == paths_.end())
                fail(entry.path, "is a hard link to \"" + entry.link + "\", which the layer does not have before it");
            if (target->second.type == entry_type::directory)
                fail(entry.path, "is a hard link to a folder");
        }
        if (entry.path.empty() && entry.type != entry_type::directory && entry.type != entry_type::opaque)
            fail(found->path, "would replace the root");
        add();
        return &current_;
    }
    return nullptr;
}

ACRX_DECL void layer_reader::add()
{
    auto& entry = current_.entry;
    if (entry.type == entry_type::opaque) {
        add_parents(entry.path + '/');
    } else if (entry.type != entry_type::whiteout) {
        add_parents(entry.path);
        auto const [at, is_new] = paths_.try_emplace(entry.path);
        current_.is_repeated = !is_new;
        bool const was_folder = !is_new && at->second.type == entry_type::directory;
        at->second = {entry.type, entry.type == entry_type::symbolic_link ? entry.link : std::string()};
        has_links_ = has_links_ || entry.type == entry_type::symbolic_link;
        if (was_folder && entry.type != entry_type::directory)
            forget_below(entry.path);
        kept_.erase(entry.path);
    }
    entries_.push_back(entry);
    is_summing_ = entry.type == entry_type::regular && sums_ == content_sums::all;
}

ACRX_DECL void layer_reader::sum(content_piece const& piece)
{
    static constexpr std::array<std::byte, 4096> zeros{};
    while (summed_ < piece.offset) {
        auto const hole = std::min<std::uint64_t>(zeros.size(), piece.offset - summed_);
        content_sum_.update(std::span(zeros).first(static_cast<std::size_t>(hole)));
        summed_ += hole;
    }
    content_sum_.update(piece.bytes);
    summed_ += piece.bytes.size();
}

ACRX_DECL void layer_reader::end_content()
{
    if (!is_summing_)
        return;
    while (content()) {}
    sum({current_.entry.size, {}});
    entries_.back().content = content_sum_.finish_bytes();
    is_summing_ = false;
    summed_ = 0;
}

ACRX_DECL std::optional<content_piece> layer_reader::content()
{
    auto const piece = archive_.content();
    if (piece && is_summing_)
        sum(*piece);
    return piece;
}

ACRX_DECL void layer_reader::add_parents(std::string const& path)
{
    auto const parent = folder_of(path);
    if (parent == last_parent_)
        return;
    for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        auto const [at, is_new] = paths_.try_emplace(path.substr(0, slash), known{entry_type::directory, {}});
        if (at->second.type != entry_type::directory)
            fail(path, "lies in \"" + at->first + "\", which is no folder");
    }
    last_parent_ = parent;
}

ACRX_DECL void layer_reader::forget_below(std::string const& path)
{
    auto const is_below = [prefix = path + '/'](std::string const& other) { return other.starts_with(prefix); };
    std::erase_if(entries_, [&](layer_entry const& entry) {
        return is_below(entry.path) || (entry.path == path && entry.type == entry_type::opaque);
    });
    std::erase_if(paths_, [&](auto const& entry) { return is_below(entry.first); });
    std::erase_if(kept_, [&](auto const& entry) { return is_below(entry.first); });
    last_parent_.clear();
}

ACRX_DECL std::optional<std::string> layer_reader::kept_content()
{
    auto const& entry = current_.entry;
    if (entry.type != entry_type::regular || entry.size > keep_limit || !layer_index::keeps(entry.path))
        return std::nullopt;
    auto bytes = archive_.read_content(keep_limit);
    if (is_summing_)
        sum({0, std::as_bytes(std::span(bytes))});
    return kept_[entry.path] = std::move(bytes);
}

/// A whiteout beside an entry of its path says no more than the entry, unless that is a folder: then it hides what
/// the layers below have in it. A whiteout below another one says nothing.
ACRX_DECL void layer_reader::settle_whiteouts()
{
    std::unordered_set<std::string> hidden;
    for (auto const& entry : entries_)
        if (entry.type == entry_type::whiteout && paths_.count(entry.path) == 0)
            hidden.insert(entry.path);
    auto const is_below_hidden = [&](std::string const& path) {
        for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
            if (hidden.count(path.substr(0, slash)) != 0)
                return true;
        return false;
    };
    std::erase_if(entries_, [&](layer_entry& entry) {
        if (entry.type != entry_type::whiteout)
            return false;
        auto const same = paths_.find(entry.path);
        if (same == paths_.end())
            return is_below_hidden(entry.path);
        entry.type = entry_type::opaque;
        return same->second.type != entry_type::directory;
    });
}

ACRX_DECL layer_index layer_reader::take_index()
{
    settle_whiteouts();
    return layer_index(std::move(entries_), std::move(kept_));
}
}  // namespace acrx::detail
#endif
