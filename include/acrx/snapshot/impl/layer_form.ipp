// Bodies of snapshot/layer_form.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_LAYER_FORM_IPP
#define ACRX_SNAPSHOT_IMPL_LAYER_FORM_IPP
#include <acrx/snapshot/layer_form.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::string_view registry_folder = "Hives";

inline bool has_folder(layer_index const& layer, std::string_view path)
{
    auto const* entry = layer.find(path);
    return entry != nullptr ? entry->type == entry_type::directory : !layer.below(path).empty();
}

inline std::string below_root(layer_form form, std::string_view path)
{
    std::string whole(root_folder(form));
    if (!whole.empty() && !path.empty())
        whole += '/';
    return whole.append(path);
}

/// Nothing for what is not below the root folder.
inline std::optional<std::string> path_in_image(layer_form form, std::string_view path)
{
    auto const root = root_folder(form);
    if (root.empty() || !path.starts_with(root))
        return root.empty() ? std::optional<std::string>(path) : std::nullopt;
    path.remove_prefix(root.size());
    if (!path.empty() && path.front() != '/')
        return std::nullopt;
    return std::string(path.substr(path.empty() ? 0 : 1));
}

inline layer_item form_folder(std::string_view path, time_point time)
{
    layer_item folder;
    folder.entry.path = path;
    folder.entry.type = entry_type::directory;
    folder.entry.mode = 0755;
    folder.entry.mtime = time;
    return folder;
}
}  // namespace detail

ACRX_DECL layer_form form_of(layer_index const& layer)
{
    bool const has_both = detail::has_folder(layer, root_folder(layer_form::windows))
                          && detail::has_folder(layer, detail::registry_folder);
    return has_both ? layer_form::windows : layer_form::plain;
}

ACRX_DECL layer_index files_in(layer_index const& layer, layer_form form)
{
    std::vector<layer_entry> entries;
    for (auto entry : layer.entries()) {
        auto path = detail::path_in_image(form, entry.path);
        if (!path || (path->empty() && entry.type != entry_type::directory && entry.type != entry_type::opaque))
            continue;
        entry.path = std::move(*path);
        if (entry.type == entry_type::hard_link) {
            auto target = detail::path_in_image(form, entry.link);
            if (!target)
                continue;
            entry.link = std::move(*target);
        }
        entries.push_back(std::move(entry));
    }
    auto const is_plain = form == layer_form::plain;  // what is kept has the paths of the archive
    return layer_index(std::move(entries), is_plain ? layer.all_kept() : std::map<std::string, std::string>());
}

ACRX_DECL std::vector<layer_item> written_in(layer_form form, std::span<layer_item const> items,
                                             time_point folder_time)
{
    std::vector<layer_item> written;
    written.reserve(items.size() + 2);
    if (form == layer_form::windows) {
        written.push_back(detail::form_folder(root_folder(form), folder_time));
        written.push_back(detail::form_folder(detail::registry_folder, folder_time));
    }
    for (auto item : items) {
        bool const is_root = item.entry.path.empty() && item.entry.type == entry_type::directory;
        item.entry.path = detail::below_root(form, item.entry.path);
        if (item.entry.type == entry_type::hard_link)
            item.entry.link = detail::below_root(form, item.entry.link);
        if (is_root && form == layer_form::windows)
            written.front() = std::move(item);
        else
            written.push_back(std::move(item));
    }
    return written;
}
}  // namespace acrx
#endif
