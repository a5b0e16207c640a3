// Bodies of build/detail/destination_tree.hpp.
#ifndef ACRX_BUILD_IMPL_DESTINATION_TREE_IPP
#define ACRX_BUILD_IMPL_DESTINATION_TREE_IPP
#include <acrx/build/detail/destination_tree.hpp>
#include <acrx/core/error.hpp>
#include <acrx/snapshot/path_walk.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace acrx::detail {
ACRX_DECL bool destination_tree::is_in_new_folder(std::string_view path) const
{
    return std::any_of(new_folders_.begin(), new_folders_.end(),
                       [&](std::string const& folder) { return path.starts_with(folder); });
}

ACRX_DECL layer_entry const* destination_tree::find_added(std::string_view path) const
{
    // Most files come in path order, so most are not there yet.
    if (added_.empty() || by_path{}(*added_.rbegin(), path))
        return nullptr;
    auto const found = added_.find(path);
    return found == added_.end() ? nullptr : &found->item.entry;
}

ACRX_DECL std::optional<entry_type> destination_tree::type_of(std::string_view path) const
{
    if (path.empty())
        return entry_type::directory;
    if (auto const* added = find_added(path))
        return added->type;
    if (is_in_new_folder(path))
        return std::nullopt;
    if (auto const found = root_.find(path))
        return found->entry->type;
    return root_.exists(path) ? std::optional(entry_type::directory) : std::nullopt;
}

ACRX_DECL std::optional<std::string_view> destination_tree::link_at(std::string_view path) const
{
    auto const* entry = find_added(path);
    if (entry == nullptr)
        if (auto const found = root_.find(path))
            entry = found->entry;
    bool const is_link = entry != nullptr && entry->type == entry_type::symbolic_link;
    return is_link ? std::optional<std::string_view>(entry->link) : std::nullopt;
}

ACRX_DECL std::string destination_tree::resolve(std::string_view path, bool follow_last) const
{
    // What is missing is made, and what is in the way is told when it is.
    auto const look = [this](std::string const& at) { return walked_place{.link = link_at(at)}; };
    return walk_path(path, follow_last, look).path;
}

ACRX_DECL void destination_tree::make_folder(std::string_view path, layer_entry const& like)
{
    source_file folder;
    folder.item.entry = like;
    folder.item.entry.type = entry_type::directory;
    folder.item.entry.path = path;
    put(std::move(folder));
}

ACRX_DECL void destination_tree::need_folder(std::string_view path)
{
    if (path.empty() || path == last_folder_)
        return;
    if (auto const* known = find_added(path)) {
        if (known->type != entry_type::directory)
            throw error(errc::invalid_instruction, "cannot copy to non-directory: /" + std::string(path));
        last_folder_ = path;
        return;
    }
    need_folder(path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/')));
    auto const found = root_.find(path);
    if (found && found->entry->type != entry_type::directory)
        throw error(errc::invalid_instruction, "cannot copy to non-directory: /" + std::string(path));
    if (found)
        return make_folder(path, *found->entry);
    if (root_.exists(path)) {
        layer_entry unlisted;
        unlisted.mode = 0755;
        return make_folder(path, unlisted);
    }
    make_folder(path, folders_);
    if (!is_in_new_folder(path))
        new_folders_.push_back(std::string(path) + "/");
}

ACRX_DECL void destination_tree::put(source_file&& file)
{
    auto const& path = file.item.entry.path;
    if (path == last_folder_)
        last_folder_.clear();
    if (find_added(path) != nullptr)
        added_.erase(added_.find(path));
    added_.insert(added_.end(), std::move(file));
}

ACRX_DECL void destination_tree::drop(std::string_view path)
{
    auto const inside = [&](std::string const& name) {
        return name == path || (name.starts_with(path) && name.size() > path.size() && name[path.size()] == '/');
    };
    for (auto at = added_.lower_bound(path); at != added_.end() && inside(at->item.entry.path);)
        at = added_.erase(at);
    last_folder_.clear();
}

ACRX_DECL std::vector<layer_item> destination_tree::take()
{
    std::unordered_map<std::string, std::string> first_names;
    std::vector<layer_item> items;
    items.reserve(added_.size());
    while (!added_.empty()) {
        auto const node = added_.extract(added_.begin());
        auto& file = node.value();
        auto& entry = file.item.entry;
        if (!file.link_group.empty() && entry.type == entry_type::regular) {
            auto const [first, is_new] = first_names.try_emplace(file.link_group, entry.path);
            if (!is_new) {
                entry.type = entry_type::hard_link;
                entry.link = first->second;
                entry.size = 0;
                entry.content.reset();
                file.item.file.clear();
                file.item.bytes.clear();
            }
        }
        items.push_back(std::move(file.item));
    }
    return items;
}
}  // namespace acrx::detail
#endif
