// Bodies of build/squashed_items.hpp.
#ifndef ACRX_BUILD_IMPL_SQUASHED_ITEMS_IPP
#define ACRX_BUILD_IMPL_SQUASHED_ITEMS_IPP
#include <acrx/build/root_export.hpp>
#include <acrx/build/squashed_items.hpp>
#include <acrx/build/stage_files.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
/// The paths at which a layer hides what lies below it: by a mark, or by a file in the place of a folder.
inline std::set<std::string_view, path_less> hidden_paths(root_view const& upper)
{
    std::set<std::string_view, path_less> hidden;
    for (std::size_t number = 0; number < upper.size(); ++number)
        for (auto const& entry : upper.layer(number).entries())
            if (entry.type != entry_type::directory)
                hidden.insert(entry.path);
    return hidden;
}

inline bool is_below_any(std::string_view path, std::set<std::string_view, path_less> const& folders)
{
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
        if (folders.contains(path.substr(0, slash)))
            return true;
    return !path.empty() && folders.contains("");
}

inline bool is_folder(root_view const& root, std::string_view path)
{
    auto const found = root.find(path);
    return found ? found->entry->type == entry_type::directory : root.exists(path);
}

/// The marks at `path`, whose content in the base is gone.
inline void add_marks(std::vector<layer_item>& items, std::string_view path, root_view const& whole,
                      root_view const& upper)
{
    layer_item mark;
    mark.entry.path = path;
    if (!whole.exists(path)) {
        mark.entry.type = entry_type::whiteout;
        items.push_back(std::move(mark));
    } else if (is_folder(whole, path)) {
        if (!path.empty() && !upper.find(path)) {
            auto folder = mark;
            folder.entry.type = entry_type::directory;
            folder.entry.mode = 0755;
            items.push_back(std::move(folder));
        }
        mark.entry.type = entry_type::opaque;
        items.push_back(std::move(mark));
    }
}
}  // namespace detail

ACRX_DECL std::vector<layer_item> squashed_items(root_view const& whole, std::vector<digest> const& diff_ids,
                                                 std::size_t base, layer_folder folder)
{
    auto const lower = whole.part(0, base);
    auto const upper = whole.part(base, whole.size());
    std::vector<digest> ids(std::next(diff_ids.begin(), static_cast<std::ptrdiff_t>(base)), diff_ids.end());
    auto items = listed_items(stage_files(upper, std::move(ids), std::move(folder)));
    auto const hidden = detail::hidden_paths(upper);
    for (auto const path : hidden)
        if (lower.exists(path) && !detail::is_below_any(path, hidden))
            detail::add_marks(items, path, whole, upper);
    std::ranges::stable_sort(items, path_less{}, [](auto const& item) -> std::string const& { return item.entry.path; });
    return items;
}
}  // namespace acrx
#endif
