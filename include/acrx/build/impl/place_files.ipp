// Bodies of build/place_files.hpp.
#ifndef ACRX_BUILD_IMPL_PLACE_FILES_IPP
#define ACRX_BUILD_IMPL_PLACE_FILES_IPP
#include <acrx/build/detail/accounts.hpp>
#include <acrx/build/detail/destination_tree.hpp>
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/mode_change.hpp>
#include <acrx/build/place_files.hpp>
#include <acrx/core/error.hpp>

#include <optional>
#include <utility>

namespace acrx {
namespace detail {
/// One COPY or ADD at work.
class file_placer
{
public:
    file_placer(root_view const& root, placement const& where)
        : where_(where), change_(where.chmod.empty() ? std::nullopt : std::optional(mode_change::parse(where.chmod))),
          owner_(where.chown.empty() ? std::nullopt : std::optional(find_owner(root, where.chown))),
          tree_(root, new_folder())
    {}

    void place(placed_source source)
    {
        if (source.is_archive)
            place_archive(std::move(source.files));
        else if (source.files.top.item.entry.type == entry_type::directory)
            place_folder(std::move(source.files));
        else
            place_file(std::move(source.files));
    }

    std::vector<layer_item> take() { return tree_.take(); }

private:
    layer_entry new_folder() const
    {
        layer_entry folder;
        folder.type = entry_type::directory;
        folder.mode = change_ && change_->is_octal() ? change_->apply(0755, true) : 0755;
        folder.uid = owner_ ? owner_->uid : 0;
        folder.gid = owner_ ? owner_->gid : 0;
        folder.mtime = where_.new_folder_time;
        return folder;
    }

    std::string destination() const { return tree_.resolve(where_.destination.substr(1), true); }

    void adjust(layer_entry& entry) const
    {
        if (owner_) {
            entry.uid = owner_->uid;
            entry.gid = owner_->gid;
        }
        if (change_ && entry.type != entry_type::symbolic_link)
            entry.mode = change_->apply(entry.mode, entry.type == entry_type::directory);
    }

    void put_file(source_file&& file, std::string path)
    {
        if (tree_.type_of(path) == entry_type::directory)
            throw error(errc::invalid_instruction, "cannot replace to directory /" + path + " with file");
        auto const slash = path.rfind('/');
        tree_.need_folder(std::string_view(path).substr(0, slash == std::string::npos ? 0 : slash));
        file.item.entry.path = std::move(path);
        adjust(file.item.entry);
        tree_.put(std::move(file));
    }

    void place_file(selected_source source)
    {
        auto path = destination();
        if (where_.destination.ends_with('/') || tree_.type_of(path) == entry_type::directory)
            path = join_path(path, source.name);
        put_file(std::move(source.top), std::move(path));
    }

    void place_folder(selected_source source)
    {
        auto const path = destination();
        auto const type = tree_.type_of(path);
        if (type && *type != entry_type::directory)
            throw error(errc::invalid_instruction, "cannot copy to non-directory: /" + path);
        tree_.need_folder(path);
        for (auto& file : source.below) {
            auto target = join_path(path, file.item.entry.path);
            if (file.item.entry.type != entry_type::directory) {
                put_file(std::move(file), std::move(target));
                continue;
            }
            auto const existing = tree_.type_of(target);
            if (existing && *existing != entry_type::directory)
                throw error(errc::invalid_instruction, "cannot copy to non-directory: /" + target);
            file.item.entry.path = std::move(target);
            adjust(file.item.entry);
            tree_.put(std::move(file));
        }
    }

    /// As tar would, on top of the destination: parents are followed through links, files replace each other.
    void place_archive(selected_source source)
    {
        auto const path = destination();
        tree_.need_folder(path);
        for (auto& file : source.below) {
            auto& entry = file.item.entry;
            auto const slash = entry.path.rfind('/');
            auto const parent = slash == std::string::npos ? std::string() : entry.path.substr(0, slash);
            auto const resolved = tree_.resolve(join_path(path, parent), true);
            tree_.need_folder(resolved);
            entry.path = join_path(resolved, last_element(entry.path));
            auto const existing = tree_.type_of(entry.path);
            bool const both_folders = existing == entry_type::directory && entry.type == entry_type::directory;
            if (existing && !both_folders)
                tree_.drop(entry.path);
            adjust(entry);
            tree_.put(std::move(file));
        }
    }

    placement const& where_;
    std::optional<mode_change> change_;
    std::optional<owner> owner_;
    destination_tree tree_;
};
}  // namespace detail

ACRX_DECL std::vector<layer_item> place_files(root_view const& root, std::vector<placed_source> sources,
                                              placement const& where)
{
    detail::file_placer placer(root, where);
    for (auto& source : sources)
        placer.place(std::move(source));
    return placer.take();
}

ACRX_DECL std::vector<layer_item> place_folder(root_view const& root, std::string const& path, std::string const& owner,
                                               time_point new_folder_time)
{
    layer_entry folder;
    folder.type = entry_type::directory;
    folder.mode = 0755;
    folder.mtime = new_folder_time;
    if (!owner.empty()) {
        auto const who = detail::find_owner(root, owner, detail::unknown_name::is_zero);
        folder.uid = who.uid;
        folder.gid = who.gid;
    }
    detail::destination_tree tree(root, folder);
    auto const resolved = tree.resolve(path, true);
    if (tree.type_of(resolved) == entry_type::directory)
        return {};
    tree.need_folder(resolved);
    return tree.take();
}
}  // namespace acrx
#endif
