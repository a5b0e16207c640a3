// Bodies of build/root_export.hpp.
#ifndef ACRX_BUILD_IMPL_ROOT_EXPORT_IPP
#define ACRX_BUILD_IMPL_ROOT_EXPORT_IPP
#include <acrx/build/detail/root_writer.hpp>
#include <acrx/build/root_export.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_file.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
inline layer_item plain_folder(std::string path)
{
    layer_item folder;
    folder.entry.path = std::move(path);
    folder.entry.type = entry_type::directory;
    folder.entry.mode = 0755;
    return folder;
}

/// The folders that no layer lists but that hold something.
inline std::vector<layer_item> missing_folders(std::span<layer_item const> items)
{
    std::set<std::string_view> listed;
    std::set<std::string_view> missing;
    for (auto const& item : items)
        listed.insert(item.entry.path);
    for (std::string_view const path : listed)
        for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1))
            if (auto const folder = path.substr(0, slash); !listed.contains(folder))
                missing.insert(folder);
    std::vector<layer_item> folders;
    for (auto const path : missing)
        folders.push_back(plain_folder(std::string(path)));
    return folders;
}

inline void pack_root(std::span<layer_item const> items, std::filesystem::path const& to, std::stop_token stop)
{
    pack_options options;
    options.compression = compression::none;
    pack_layer(items, to, options, std::move(stop));
}

inline void copy_to_descriptor(std::filesystem::path const& from, int to, std::stop_token const& stop)
{
    auto const next_piece = read_in_pieces(from);
    for (auto piece = next_piece(); !piece.empty(); piece = next_piece()) {
        if (stop.stop_requested())
            throw error(errc::canceled, "writing an archive of the root filesystem");
        write_all(to, piece, "an archive of the root filesystem");
    }
}
}  // namespace detail

ACRX_DECL std::vector<layer_item> listed_items(stage_files const& files)
{
    std::vector<layer_item> items;
    std::map<std::string, std::string> first_names;  // by link group
    for (auto& file : files.below("")) {
        auto& entry = file.item.entry;
        if (!file.link_group.empty()) {
            auto const [first, is_first] = first_names.try_emplace(file.link_group, entry.path);
            if (!is_first) {
                entry.type = entry_type::hard_link;
                entry.link = first->second;
                entry.size = 0;
                file.item.file.clear();
            }
        }
        items.push_back(std::move(file.item));
    }
    return items;
}

ACRX_DECL std::vector<layer_item> root_items(stage_files const& files, std::optional<time_point> time)
{
    auto items = listed_items(files);
    std::ranges::move(detail::missing_folders(items), std::back_inserter(items));
    std::ranges::sort(items, path_less{}, [](auto const& item) -> std::string const& { return item.entry.path; });
    if (time)
        for (auto& item : items)
            item.entry.mtime = *time;
    return items;
}

ACRX_DECL std::vector<layer_item> below_folder(std::string const& folder, std::vector<layer_item> items)
{
    for (auto& item : items) {
        item.entry.path = folder + "/" + item.entry.path;
        if (item.entry.type == entry_type::hard_link)
            item.entry.link = folder + "/" + item.entry.link;
    }
    items.insert(items.begin(), detail::plain_folder(folder));
    return items;
}

ACRX_DECL std::vector<layer_item> merge_roots(std::vector<std::vector<layer_item>> roots)
{
    std::map<std::string, layer_item, path_less> sorted;
    for (auto& root : roots)
        for (auto& item : root) {
            auto path = item.entry.path;
            auto const [found, is_new] = sorted.try_emplace(std::move(path), std::move(item));
            if (!is_new && (item.entry.type != entry_type::directory || found->second.entry.type != entry_type::directory))
                throw error(errc::invalid_argument, "writing the files of several platforms into one folder: two have " + found->first,
                            "Leave platform-split=false away, and each platform gets a folder.");
        }
    std::vector<layer_item> items;
    items.reserve(sorted.size());
    for (auto& [path, item] : sorted)
        items.push_back(std::move(item));
    return items;
}

ACRX_DECL void write_root_archive(std::span<layer_item const> items, std::filesystem::path const& file,
                                  std::filesystem::path const& scratch, std::stop_token stop)
{
    if (std::filesystem::exists(file) && !std::filesystem::is_regular_file(file)) {
        unique_fd const to(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
        if (!to)
            throw_file_errno("writing " + file.string());
        return write_root_archive(items, to.get(), scratch, stop);
    }
    auto const folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    scratch_file const out(temporary_name(folder, "." + file.filename().string()));
    detail::pack_root(items, out.path(), stop);
    if (std::rename(out.path().c_str(), file.c_str()) != 0)
        throw_file_errno("writing " + file.string());
}

ACRX_DECL void write_root_archive(std::span<layer_item const> items, int open_file,
                                  std::filesystem::path const& scratch, std::stop_token stop)
{
    std::filesystem::create_directories(scratch);
    scratch_file const out(temporary_name(scratch, "root"));
    detail::pack_root(items, out.path(), stop);
    detail::copy_to_descriptor(out.path(), open_file, stop);
}

namespace detail {
/// Removes what is in a folder and is not among the items. @param kept  a name in the folder that stays
inline void remove_others(std::span<layer_item const> items, std::filesystem::path const& folder, std::string const& kept)
{
    std::set<std::string_view> wanted;
    for (auto const& item : items)
        wanted.insert(item.entry.path);
    std::vector<std::filesystem::path> others;
    for (std::filesystem::recursive_directory_iterator at(folder), end; at != end; ++at) {
        auto const path = at->path().lexically_relative(folder).generic_string();
        bool const stays = path == kept;
        if (!stays && !wanted.contains(path))
            others.push_back(at->path());
        if (stays || !wanted.contains(path))
            at.disable_recursion_pending();
    }
    for (auto const& path : others)
        remove_tree(path);
}
}  // namespace detail

ACRX_DECL void write_root_folder(std::span<layer_item const> items, std::filesystem::path const& folder,
                                 std::stop_token stop, bool replaces)
{
    bool const is_new = !std::filesystem::exists(folder);
    if (!is_new && !std::filesystem::is_directory(folder))
        throw error(errc::invalid_argument, "writing to " + folder.string() + ": it is not a folder");
    // Beside a folder that is to appear, inside one that is there: always on the same disk.
    auto const name = folder.has_filename() ? folder : folder.parent_path();
    auto const place = !is_new ? folder : name.has_parent_path() ? name.parent_path() : std::filesystem::path(".");
    auto const staging = temporary_name(place, ".acrx");
    detail::root_writer staged(staging);
    for (auto const& item : items) {
        if (stop.stop_requested())
            throw error(errc::canceled, "writing to " + folder.string());
        staged.add(item);
    }
    staged.finish();
    if (is_new)
        return staged.publish(name);
    if (replaces)
        detail::remove_others(items, folder, staging.filename().string());
    staged.merge_into(folder);
}
}  // namespace acrx
#endif
