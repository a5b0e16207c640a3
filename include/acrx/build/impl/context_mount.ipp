// Bodies of build/detail/context_mount.hpp.
#ifndef ACRX_BUILD_IMPL_CONTEXT_MOUNT_IPP
#define ACRX_BUILD_IMPL_CONTEXT_MOUNT_IPP
#include <acrx/build/detail/context_cover.hpp>
#include <acrx/build/detail/context_mount.hpp>
#include <acrx/build/root_export.hpp>
#include <acrx/core/error.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <utility>

namespace acrx::detail {
ACRX_DECL std::vector<layer_item> to_items(std::span<source_file const> files)
{
    std::vector<layer_item> items;
    std::map<std::string, std::string> first_names;
    for (auto const& file : files) {
        items.push_back(file.item);
        if (file.link_group.empty())
            continue;
        auto const [first, is_first] = first_names.try_emplace(file.link_group, file.item.entry.path);
        if (is_first)
            continue;
        items.back() = {};
        items.back().entry.path = file.item.entry.path;
        items.back().entry.type = entry_type::hard_link;
        items.back().entry.link = first->second;
    }
    return items;
}

inline bool is_below(std::filesystem::path const& path, std::filesystem::path const& folder)
{
    std::error_code ignored;  // then the spelling decides
    auto const real = std::filesystem::weakly_canonical(path, ignored);
    auto const top = std::filesystem::weakly_canonical(folder, ignored);
    return std::mismatch(top.begin(), top.end(), real.begin(), real.end()).first == top.end();
}

/// A folder that is shown by overlayfs: its mode and owner are those of its topmost layer.
inline void make_top(std::filesystem::path const& folder, layer_entry const& like)
{
    std::filesystem::create_directories(folder);
    if (::chmod(folder.c_str(), like.mode & 07777) != 0)
        throw_errno("making the folder " + folder.string());
}

/// Copies what was selected. @return where it is
inline std::filesystem::path copy_selected(selected_source const& selected, std::filesystem::path const& scratch,
                                           std::stop_token stop)
{
    std::filesystem::create_directories(scratch);
    bool const is_folder = selected.top.item.entry.type == entry_type::directory;
    auto items = is_folder ? to_items(selected.below) : to_items(std::span(&selected.top, 1));
    if (!is_folder)
        items.front().entry.path = "file";
    write_root_folder(items, scratch / "copy", stop);
    if (!is_folder)
        return scratch / "copy" / "file";
    make_top(scratch / "copy", selected.top.item.entry);
    return scratch / "copy";
}

inline bool is_owned_by_root(std::filesystem::path const& file)
{
    struct stat status
    {};
    return ::lstat(file.c_str(), &status) == 0 && status.st_uid == 0 && status.st_gid == 0;
}

ACRX_DECL step_mount mount_context(std::filesystem::path const& root, selected_source const& selected,
                                   std::string const& target, bool read_only, std::filesystem::path const& scratch,
                                   std::stop_token stop)
{
    auto const& top = selected.top.item.entry;
    auto const source = top.path.empty() ? root : root / top.path;
    if (top.type != entry_type::directory) {
        if (read_only && top.type == entry_type::regular && is_owned_by_root(source))
            return bind_mount{root, target, true, top.path};
        return bind_mount{copy_selected(selected, scratch, stop), target, read_only};
    }
    // An overlay cannot have its upper folder inside one of its lower ones.
    auto covered = cover::impossible;
    if (!is_below(scratch, source)) {
        std::filesystem::create_directories(scratch / "cover");
        covered = make_cover(source, selected.below, scratch / "cover", stop);
    }
    if (covered == cover::impossible)
        return bind_mount{copy_selected(selected, scratch, stop), target, read_only};
    if (covered == cover::not_needed && read_only)
        return bind_mount{root, target, true, top.path};
    overlay_mount mount{.stack = {}, .target = target, .read_only = read_only};
    if (covered == cover::made) {
        mount.stack.lower.push_back(scratch / "cover");
        mount.metacopy = true;
    }
    mount.stack.lower.push_back(source);
    if (!read_only) {
        mount.stack.upper = scratch / "upper";
        mount.stack.work = scratch / "work";
        make_top(mount.stack.upper, top);
        std::filesystem::create_directories(mount.stack.work);
    }
    return mount;
}
}  // namespace acrx::detail
#endif
