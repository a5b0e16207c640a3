// Bodies of snapshot/root_view.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_ROOT_VIEW_IPP
#define ACRX_SNAPSHOT_IMPL_ROOT_VIEW_IPP
#include <acrx/snapshot/path_order.hpp>
#include <acrx/snapshot/path_walk.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace acrx {
namespace detail {
inline bool is_strictly_below(std::string_view path, std::string_view folder)
{
    return folder.empty() ? !path.empty()
                          : path.size() > folder.size() && path[folder.size()] == '/' && path.starts_with(folder);
}

/// Whether a layer makes `path` a folder without listing it: something of its own is inside.
inline bool implies_folder(layer_index const& layer, std::string_view path)
{
    auto const inside = layer.below(path);
    auto const is_there = [](layer_entry const& e) { return e.type != entry_type::whiteout; };
    return layer.is_opaque(path) || std::any_of(inside.begin(), inside.end(), is_there);
}

/// Whether a layer hides what the layers below it have strictly below `folder`.
inline bool hides_content(layer_index const& layer, std::string_view folder)
{
    auto const* entry = layer.find(folder);
    return (entry != nullptr && entry->type != entry_type::directory) || layer.is_opaque(folder);
}

/// Whether a layer hides what the layers below it have at `path`, by what it says of a folder above.
inline bool hides(layer_index const& layer, std::string_view path)
{
    if (path.empty())
        return false;
    for (std::size_t end = 0; end != std::string_view::npos; end = path.find('/', end + 1))
        if (hides_content(layer, path.substr(0, end)))
            return true;
    return false;
}

/// The lowest layer that has a say on what is strictly below `folder`.
inline std::size_t lowest_visible(std::span<std::shared_ptr<layer_index const> const> layers, std::string_view folder)
{
    auto number = layers.size();
    while (number > 0) {
        --number;
        if (hides_content(*layers[number], folder) || hides(*layers[number], folder))
            break;
    }
    return number;
}

using found_list = std::vector<root_view::found>;

/// Puts one layer's entries over the merged ones of the layers below it; both in path order.
class overlay_merge
{
public:
    explicit overlay_merge(found_list below) : below_(std::move(below)) { out_.reserve(below_.size()); }

    found_list put(std::span<layer_entry const> upper, std::size_t layer)
    {
        for (auto const& entry : upper) {
            take_below_until(entry.path);
            if (entry.type == entry_type::opaque)
                keep_folder(entry.path);
            skip(entry.path);
            if (entry.type != entry_type::directory)
                skip_content(entry.path);
            if (entry.type != entry_type::whiteout)
                drop_leaves_above(entry.path);
            if (entry.type != entry_type::whiteout && entry.type != entry_type::opaque)
                out_.push_back({&entry, layer});
        }
        out_.insert(out_.end(), below_.begin() + at_, below_.end());
        return std::move(out_);
    }

private:
    bool has_next() const { return at_ < std::ssize(below_); }
    std::string_view next_path() const { return below_[static_cast<std::size_t>(at_)].entry->path; }

    void take_below_until(std::string_view path)
    {
        for (; has_next() && path_less{}(next_path(), path); ++at_)
            out_.push_back(below_[static_cast<std::size_t>(at_)]);
    }

    /// An opaque mark follows its folder; where its layer does not list that, the folder below stays.
    void keep_folder(std::string_view path)
    {
        if (!has_next() || next_path() != path)
            return;
        auto const& folder = below_[static_cast<std::size_t>(at_)];
        if (folder.entry->type == entry_type::directory)
            out_.push_back(folder);
    }

    void skip(std::string_view path)
    {
        if (has_next() && next_path() == path)
            ++at_;
    }

    void skip_content(std::string_view folder)
    {
        while (has_next() && is_strictly_below(next_path(), folder))
            ++at_;
    }

    /// A file of a lower layer gives way to the folder that an entry needs.
    void drop_leaves_above(std::string_view path)
    {
        while (!out_.empty() && out_.back().entry->type != entry_type::directory
               && is_strictly_below(path, out_.back().entry->path))
            out_.pop_back();
    }

    found_list below_;
    std::ptrdiff_t at_ = 0;
    found_list out_;
};

/// The part of a path up to the end of the first name below `folder`.
inline std::string_view child_on_the_way(std::string_view path, std::string_view folder)
{
    return path.substr(0, path.find('/', folder.empty() ? 0 : folder.size() + 1));
}
}  // namespace detail

ACRX_DECL root_view::root_view(std::vector<std::shared_ptr<layer_index const>> layers) : layers_(std::move(layers)) {}

ACRX_DECL root_view root_view::with(std::shared_ptr<layer_index const> layer) const
{
    auto layers = layers_;
    layers.push_back(std::move(layer));
    return root_view(std::move(layers));
}

ACRX_DECL root_view root_view::part(std::size_t first, std::size_t last) const
{
    auto const layers = std::span(layers_).subspan(first, last - first);
    return root_view({layers.begin(), layers.end()});
}

ACRX_DECL std::optional<root_view::found> root_view::find(std::string_view path) const
{
    bool is_folder = false;
    for (auto number = layers_.size(); number-- > 0;) {
        auto const& layer = *layers_[number];
        if (auto const* entry = layer.find(path)) {
            bool const gives_way = is_folder && entry->type != entry_type::directory;
            if (entry->type == entry_type::whiteout || gives_way)
                return std::nullopt;
            return found{entry, number};
        }
        is_folder = is_folder || detail::implies_folder(layer, path);
        if (detail::hides(layer, path))
            return std::nullopt;
    }
    return std::nullopt;
}

ACRX_DECL bool root_view::exists(std::string_view path) const
{
    if (path.empty() || find(path))
        return true;
    auto const visible = std::span(layers_).subspan(detail::lowest_visible(layers_, path));
    return std::any_of(visible.begin(), visible.end(),
                       [&](auto const& layer) { return detail::implies_folder(*layer, path); });
}

ACRX_DECL std::vector<root_view::found> root_view::children(std::string_view folder) const
{
    std::set<std::string_view, path_less> names;
    for (auto number = detail::lowest_visible(layers_, folder); number < layers_.size(); ++number) {
        auto const& layer = *layers_[number];
        auto const all = layer.below(folder);
        for (auto at = all.begin(); at != all.end();) {
            auto const child = detail::child_on_the_way(at->path, folder);
            names.insert(child);
            auto const inside = layer.below(child);
            auto const next = std::find_if(at, all.end(), [&](auto const& e) { return e.path != child; });
            at = next + (inside.empty() ? 0 : std::ssize(inside));
        }
    }
    std::vector<found> result;
    for (auto const name : names)
        if (auto const child = find(name))
            result.push_back(*child);
    return result;
}

ACRX_DECL layer_entry const& root_view::entry_of(found const& file) const
{
    if (file.entry->type != entry_type::hard_link)
        return *file.entry;
    auto const* target = layers_[file.layer]->find(file.entry->link);
    return target != nullptr ? *target : *file.entry;
}

ACRX_DECL std::vector<root_view::found> root_view::below(std::string_view folder) const
{
    std::vector<found> merged;
    for (auto number = detail::lowest_visible(layers_, folder); number < layers_.size(); ++number)
        merged = detail::overlay_merge(std::move(merged)).put(layers_[number]->below(folder), number);
    return merged;
}

ACRX_DECL root_view::resolved root_view::resolve(std::string_view path, bool follow_last) const
{
    auto const look = [this](std::string const& at) {
        walked_place place;
        auto const file = find(at);
        auto const* entry = file ? &entry_of(*file) : nullptr;
        if (entry != nullptr && entry->type == entry_type::symbolic_link)
            place.link = entry->link;
        place.is_folder = entry != nullptr ? entry->type == entry_type::directory : exists(at);
        place.is_there = file || place.is_folder;
        return place;
    };
    auto walked = walk_path(path, follow_last, look);
    auto file = walked.is_whole ? find(walked.path) : std::nullopt;
    return {std::move(walked.path), file};
}

ACRX_DECL std::optional<std::string> root_view::content(std::string_view path) const
{
    auto const target = resolve(path, true);
    if (!target.file)
        return std::nullopt;
    auto const bytes = layers_[target.file->layer]->kept(entry_of(*target.file).path);
    return bytes ? std::optional<std::string>(*bytes) : std::nullopt;
}
}  // namespace acrx
#endif
