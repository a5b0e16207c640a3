// An image's files with the new ones of one step on top.
#ifndef ACRX_BUILD_DETAIL_DESTINATION_TREE_HPP
#define ACRX_BUILD_DETAIL_DESTINATION_TREE_HPP

#include <acrx/build/detail/accounts.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/snapshot/path_order.hpp>
#include <acrx/snapshot/root_view.hpp>
#include <acrx/snapshot/source_file.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// Collects the items of a layer over a root, and answers what the root looks like with them.
class destination_tree
{
public:
    /// @param folders  owner, mode and time of folders that have to be made
    destination_tree(root_view const& root, layer_entry folders) : root_(root), folders_(std::move(folders)) {}

    /// What is at a path, no link followed; the type alone, since that is all that decides.
    ACRX_DECL std::optional<entry_type> type_of(std::string_view path) const;
    /// Follows links, in new files too, inside the root.
    ACRX_DECL std::string resolve(std::string_view path, bool follow_last) const;
    /// Lists a folder and its parents, making what is missing. @throws error if one of them is no folder
    ACRX_DECL void need_folder(std::string_view path);
    /// Lists a folder that has to be made with an entry of its own.
    ACRX_DECL void make_folder(std::string_view path, layer_entry const& like);
    /// Adds a file or folder, replacing what was added there before.
    ACRX_DECL void put(source_file&& file);
    /// Forgets what was added at and below a path.
    ACRX_DECL void drop(std::string_view path);
    /// The items in path order, with hard links where names share a file.
    ACRX_DECL std::vector<layer_item> take();

private:
    /// Orders files by their paths.
    struct by_path
    {
        using is_transparent = void;

        static std::string_view key(source_file const& file) noexcept { return file.item.entry.path; }
        static std::string_view key(std::string_view path) noexcept { return path; }
        bool operator()(auto const& a, auto const& b) const noexcept { return path_less{}(key(a), key(b)); }
    };
    ACRX_DECL layer_entry const* find_added(std::string_view path) const;
    ACRX_DECL std::optional<std::string_view> link_at(std::string_view path) const;
    ACRX_DECL bool is_in_new_folder(std::string_view path) const;

    root_view root_;
    layer_entry folders_;
    std::set<source_file, by_path> added_;
    std::string last_folder_;  ///< that was needed and is there
    std::vector<std::string> new_folders_;  ///< with a slash at the end: nothing of the root is below them
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/destination_tree.ipp>
#endif
#endif
