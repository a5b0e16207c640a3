// Bodies of snapshot/detail/overlay_changes.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_OVERLAY_CHANGES_IPP
#define ACRX_SNAPSHOT_IMPL_OVERLAY_CHANGES_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/overlay_changes.hpp>
#include <acrx/snapshot/detail/xattrs.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>

namespace acrx::detail {
inline layer_entry entry_of(struct stat const& status, std::string path)
{
    layer_entry entry;
    entry.path = std::move(path);
    entry.mode = status.st_mode & 07777U;
    entry.uid = status.st_uid;
    entry.gid = status.st_gid;
    entry.mtime = time_point(std::chrono::seconds(status.st_mtim.tv_sec)
                             + std::chrono::nanoseconds(status.st_mtim.tv_nsec));
    switch (status.st_mode & S_IFMT) {
    case S_IFDIR: entry.type = entry_type::directory; break;
    case S_IFLNK: entry.type = entry_type::symbolic_link; break;
    case S_IFIFO: entry.type = entry_type::fifo; break;
    case S_IFCHR: entry.type = entry_type::character_device; break;
    case S_IFBLK: entry.type = entry_type::block_device; break;
    default: entry.size = static_cast<std::uint64_t>(status.st_size);
    }
    if (entry.type == entry_type::character_device || entry.type == entry_type::block_device) {
        entry.device_major = ::gnu_dev_major(status.st_rdev);
        entry.device_minor = ::gnu_dev_minor(status.st_rdev);
    }
    return entry;
}

inline std::string link_text(int folder, char const* name, std::string const& path)
{
    std::string text(4096, '\0');
    auto const size = ::readlinkat(folder, name, text.data(), text.size());
    if (size < 0)
        throw_errno("reading the link " + path);
    text.resize(static_cast<std::size_t>(size));
    return text;
}

inline layer_entry whiteout_of(std::string path)
{
    layer_entry entry;
    entry.path = std::move(path);
    entry.type = entry_type::whiteout;
    return entry;
}

inline std::string join(std::string const& folder, std::string_view name)
{
    return folder.empty() ? std::string(name) : folder + '/' + std::string(name);
}

/// Takes what overlayfs keeps in attributes out of a list. @return whether the folder is opaque
inline bool take_overlay_marks(layer_entry& entry, xattr_list all)
{
    bool is_opaque = false;
    for (auto& [name, value] : all) {
        auto const dot = name.find("overlay.");
        if (name.starts_with("trusted.overlay.") || name.starts_with("user.overlay.")) {
            auto const mark = std::string_view(name).substr(dot + 8);
            is_opaque = is_opaque || (mark == "opaque" && value == "y");
            if (mark == "redirect" || mark == "metacopy")
                throw error(errc::not_supported, "reading the changes of " + entry.path + ": overlayfs kept a " + name,
                            "Mount with redirect_dir=off,metacopy=off.");
        } else if (is_portable_xattr(name)) {
            entry.xattrs.emplace_back(std::move(name), std::move(value));
        }
    }
    return is_opaque;
}

ACRX_DECL overlay_changes::overlay_changes(std::filesystem::path upper, root_view const& below, std::stop_token stop)
    : upper_(std::move(upper)), below_(below), stop_(std::move(stop))
{}

ACRX_DECL std::vector<layer_item> overlay_changes::collect()
{
    unique_fd root(::open(upper_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    struct stat status{};
    if (!root || ::fstat(root.get(), &status) != 0)
        throw_errno("reading the changes in " + upper_.string());
    node top{{entry_of(status, ""), {}, {}}, {}};
    bool const is_opaque = take_overlay_marks(top.item.entry, read_xattrs(name_in_folder(root.get(), ".")));
    // The root itself is a change only where its own metadata is another than below.
    if (!is_only_copied(top.item.entry))
        found_.push_back(std::move(top));
    walk(std::move(root), "", is_opaque);

    std::sort(found_.begin(), found_.end(),
              [](node const& a, node const& b) { return path_less{}(a.item.entry.path, b.item.entry.path); });
    link_names();
    std::vector<layer_item> items;
    items.reserve(found_.size());
    for (auto& found : found_)
        items.push_back(std::move(found.item));
    return items;
}

ACRX_DECL void overlay_changes::walk(unique_fd folder, std::string const& path, bool is_opaque)
{
    if (stop_.stop_requested())
        throw error(errc::canceled, "reading the changes in " + upper_.string());
    std::unique_ptr<DIR, int (*)(DIR*)> list(::fdopendir(folder.get()), &::closedir);
    if (!list)
        throw_errno("reading the folder " + path);
    auto const opened = folder.release();  // the list closes it
    std::vector<std::string> present;
    while (auto const* child = ::readdir(list.get())) {
        std::string_view const name = child->d_name;
        if (name != "." && name != "..")
            present.emplace_back(name);
    }
    std::sort(present.begin(), present.end());
    for (auto const& name : present)
        visit(opened, join(path, name), name.c_str(), is_opaque);
    if (is_opaque)
        add_hidden(path, present);
}

ACRX_DECL void overlay_changes::visit(int folder, std::string const& path, char const* name, bool is_opaque)
{
    struct stat status{};
    if (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        throw_errno("reading " + path);
    if (S_ISSOCK(status.st_mode))
        return;
    if (S_ISCHR(status.st_mode) && status.st_rdev == 0) {
        // In an opaque folder nothing of the layers below shows anyway, but the archive says so child by child.
        if (!is_opaque || below_.exists(path))
            found_.push_back({{whiteout_of(path), {}, {}}, {}});
        return;
    }
    node found{{entry_of(status, path), {}, {}}, {}};
    auto& entry = found.item.entry;
    bool const marked = take_overlay_marks(entry, read_xattrs(name_in_folder(folder, name)));
    if (entry.type == entry_type::directory) {
        visit_folder(folder, name, std::move(found), is_opaque || marked);
        return;
    }
    if (entry.type == entry_type::symbolic_link)
        entry.link = link_text(folder, name, path);
    if (entry.type == entry_type::regular)
        found.item.file = upper_.string() + "/" + path;
    if (status.st_nlink > 1)
        found.inode = {status.st_dev, status.st_ino};
    found_.push_back(std::move(found));
}

/// What is in an opaque folder hides all below it, so whatever is made there is opaque in turn.
ACRX_DECL void overlay_changes::visit_folder(int folder, char const* name, node found, bool is_opaque)
{
    unique_fd opened(::openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened)
        throw_errno("reading the folder " + found.item.entry.path);
    auto const entry = found.item.entry;
    auto const at = found_.size();
    found_.push_back(std::move(found));
    walk(std::move(opened), entry.path, is_opaque);
    bool const is_empty = found_.size() == at + 1;
    if (is_empty && is_only_copied(entry))
        found_.pop_back();
}

ACRX_DECL bool overlay_changes::is_only_copied(layer_entry const& folder) const
{
    auto const found = below_.find(folder.path);
    if (!found)
        return (folder.path.empty() || below_.exists(folder.path)) && folder.mode == 0755 && folder.uid == 0
               && folder.gid == 0 && folder.xattrs.empty();
    auto const& old = *found->entry;
    auto const portable = [](auto const& list) {
        auto copy = list;
        std::erase_if(copy, [](auto const& x) { return !is_portable_xattr(x.first); });
        return copy;
    };
    return old.type == entry_type::directory && old.mode == folder.mode && old.uid == folder.uid
           && old.gid == folder.gid && portable(old.xattrs) == folder.xattrs;
}

/// Whiteouts for what the layers below have in an opaque folder and the upper folder has not.
ACRX_DECL void overlay_changes::add_hidden(std::string const& folder, std::vector<std::string> const& present)
{
    for (auto const& child : below_.children(folder)) {
        auto const& path = child.entry->path;
        auto const name = std::string_view(path).substr(path.rfind('/') + 1);
        if (!std::binary_search(present.begin(), present.end(), name, std::less<>{}))
            found_.push_back({{whiteout_of(path), {}, {}}, {}});
    }
}

/// The first name of a file stays the file, the others become hard links to it.
ACRX_DECL void overlay_changes::link_names()
{
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> first;
    for (auto& [item, inode] : found_) {
        if (inode.first == 0 && inode.second == 0)
            continue;
        auto const [known, is_new] = first.try_emplace(inode, item.entry.path);
        if (is_new)
            continue;
        item.entry.type = entry_type::hard_link;
        item.entry.link = known->second;
        item.entry.size = 0;
        item.file.clear();
    }
}
}  // namespace acrx::detail
#endif
