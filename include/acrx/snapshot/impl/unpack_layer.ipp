// Bodies of snapshot/detail/unpack_layer.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_UNPACK_LAYER_IPP
#define ACRX_SNAPSHOT_IMPL_UNPACK_LAYER_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/detail/unpack_layer.hpp>
#include <acrx/snapshot/detail/xattrs.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

namespace acrx::detail {
/// Sets owner, mode, attributes and time of what cannot be opened for writing. @return as `set_metadata`
inline bool set_metadata_at(int folder, std::string const& name, layer_entry const& entry)
{
    auto const times = file_times(entry.mtime);
    bool failed = ::fchownat(folder, name.c_str(), entry.uid, entry.gid, AT_SYMLINK_NOFOLLOW) != 0;
    if (failed && is_owner_refused())
        return false;
    if (entry.type != entry_type::symbolic_link)
        failed = failed || ::fchmodat(folder, name.c_str(), entry.mode, 0) != 0;
    for (auto const& [key, value] : entry.xattrs)
        if (may_write_xattr(key))
            write_xattr(name_in_folder(folder, name), key, value, entry.path);
    failed = failed || ::utimensat(folder, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0;
    if (failed)
        throw_metadata_errno(entry);
    return true;
}

ACRX_DECL layer_unpacker::layer_unpacker(std::filesystem::path const& into, std::vector<std::filesystem::path> lower)
    : root_(into), lower_(std::move(lower)), crew_(std::clamp(std::thread::hardware_concurrency(), 1U, 8U))
{}

ACRX_DECL void layer_unpacker::add(met_entry const& from, layer_reader& content)
{
    constexpr std::uint64_t small = 256 * 1024;
    auto const& entry = from.entry;
    if (entry.type == entry_type::whiteout)
        return;
    if (entry.type == entry_type::opaque || entry.path.empty()) {
        folder(entry.path);
        if (entry.type == entry_type::directory)
            folders_[""] = entry;
        return;
    }
    auto const parent = folder(folder_of(entry.path));
    if (from.is_repeated)
        make_way(entry, parent->get());
    switch (entry.type) {
    case entry_type::directory: add_folder(entry); break;
    case entry_type::hard_link: hard_links_.emplace_back(entry.path, entry.link); break;
    case entry_type::regular:
        if (entry.size <= small)
            add_small_file(entry, parent, content);
        else
            add_file(entry, parent->get(), content);
        break;
    default: add_special(entry, parent->get());
    }
}

/// Removes what an earlier entry of this path made, unless a folder meets a folder.
ACRX_DECL void layer_unpacker::make_way(layer_entry const& entry, int parent)
{
    settle();
    struct stat found{};
    std::string const name(name_of(entry.path));
    if (::fstatat(parent, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    if (S_ISDIR(found.st_mode) && entry.type == entry_type::directory)
        return;
    remove_tree(name_in_folder(parent, name));
    auto const prefix = entry.path + '/';
    std::erase_if(folders_, [&](auto const& f) { return f.first == entry.path || f.first.starts_with(prefix); });
    folder_.reset();
}

ACRX_DECL void layer_unpacker::settle()
{
    crew_.settle();
    for (auto const& [path, target] : hard_links_) {
        auto const from = folder(folder_of(target));
        auto const to = folder(folder_of(path));
        std::string const old_name(name_of(target));
        std::string const new_name(name_of(path));
        if (left_out_.contains(target))
            left_out_.insert(path);
        else if (::linkat(from->get(), old_name.c_str(), to->get(), new_name.c_str(), 0) != 0)
            throw_file_errno("unpacking the hard link " + path);
    }
    hard_links_.clear();
}

ACRX_DECL std::shared_ptr<unique_fd const> layer_unpacker::folder(std::string_view path)
{
    if (folder_ && folder_name_ == path)
        return folder_;
    std::string const name(path);
    auto found = root_.open_if_there(name, O_RDONLY | O_DIRECTORY, links::refuse);
    folder_ = found ? std::make_shared<unique_fd const>(std::move(*found)) : make_folder(name);
    folder_name_ = path;
    return folder_;
}

/// Makes a folder that the archive has not listed (yet), as it is in the layers below.
ACRX_DECL std::shared_ptr<unique_fd const> layer_unpacker::make_folder(std::string const& path)
{
    folder(folder_of(path));
    root_.make_folder(path, links::refuse, 0700);
    folders_.emplace(path, folder_below(path, lower_));
    return std::make_shared<unique_fd const>(root_.open(path, O_RDONLY | O_DIRECTORY, links::refuse));
}

ACRX_DECL layer_entry folder_below(std::string const& path, std::span<std::filesystem::path const> lower)
{
    layer_entry entry;
    entry.path = path;
    entry.type = entry_type::directory;
    entry.mode = 0755;
    for (auto const& layer : lower) {
        beneath const below(layer);
        auto const status = below.status(path, links::refuse);
        if (!status)
            continue;
        if (!S_ISDIR(status->st_mode))
            break;
        entry.mode = status->st_mode & 07777U;
        entry.uid = status->st_uid;
        entry.gid = status->st_gid;
        entry.mtime = time_point(std::chrono::seconds(status->st_mtim.tv_sec)
                                 + std::chrono::nanoseconds(status->st_mtim.tv_nsec));
        auto const opened = below.open(path, O_RDONLY | O_DIRECTORY, links::refuse);
        entry.xattrs = read_xattrs(name_in_folder(opened.get(), "."));
        std::erase_if(entry.xattrs, [](auto const& x) { return !is_portable_xattr(x.first); });
        break;
    }
    return entry;
}

ACRX_DECL void layer_unpacker::add_folder(layer_entry const& entry)
{
    root_.make_folder(entry.path, links::refuse, 0700);
    folders_[entry.path] = entry;
}

ACRX_DECL void layer_unpacker::add_small_file(layer_entry const& entry, std::shared_ptr<unique_fd const> parent,
                                              layer_reader& content)
{
    small_file file{std::move(parent), entry, {}};
    if (auto kept = content.kept_content()) {
        file.bytes = std::move(*kept);
    } else {
        file.bytes.resize(static_cast<std::size_t>(entry.size));
        while (auto const piece = content.content())
            std::copy_n(reinterpret_cast<char const*>(piece->bytes.data()), piece->bytes.size(),
                        file.bytes.data() + piece->offset);
    }
    crew_.add(std::move(file));
}

ACRX_DECL void layer_unpacker::add_file(layer_entry const& entry, int parent, layer_reader& content)
{
    auto const file = create_file(parent, entry);
    if (auto const kept = content.kept_content())
        write_all(file.get(), std::as_bytes(std::span(*kept)), entry.path);
    std::uint64_t end = 0;
    while (auto const piece = content.content()) {
        if (piece->offset != end && ::lseek(file.get(), static_cast<off_t>(piece->offset), SEEK_SET) < 0)
            throw_errno("unpacking " + entry.path);
        write_all(file.get(), piece->bytes, entry.path);
        end = piece->offset + piece->bytes.size();
    }
    if (end < entry.size && ::ftruncate(file.get(), static_cast<off_t>(entry.size)) != 0)
        throw_file_errno("unpacking " + entry.path);
    if (!set_metadata(file.get(), entry))
        disowned_ = entry.path;
}

ACRX_DECL void layer_unpacker::add_special(layer_entry const& entry, int parent)
{
    std::string const name(name_of(entry.path));
    auto const device = ::makedev(entry.device_major, entry.device_minor);
    int made = -1;
    switch (entry.type) {
    case entry_type::symbolic_link: made = ::symlinkat(entry.link.c_str(), parent, name.c_str()); break;
    case entry_type::fifo: made = ::mkfifoat(parent, name.c_str(), 0600); break;
    case entry_type::block_device: made = ::mknodat(parent, name.c_str(), S_IFBLK | 0600, device); break;
    default: made = ::mknodat(parent, name.c_str(), S_IFCHR | 0600, device);
    }
    bool const is_device = entry.type == entry_type::block_device || entry.type == entry_type::character_device;
    if (made != 0 && errno == EPERM && is_device) {
        left_out_.insert(entry.path);
        return;
    }
    if (made != 0)
        throw_file_errno("unpacking " + entry.path);
    if (!set_metadata_at(parent, name, entry))
        disowned_ = entry.path;
}

ACRX_DECL void layer_unpacker::finish(layer_index const& index)
{
    settle();
    add_whiteouts(index);
    if (folders_.find("") == folders_.end())
        folders_.emplace("", folder_below("", lower_));
    set_folder_metadata();
}

ACRX_DECL void layer_unpacker::add_whiteouts(layer_index const& index)
{
    for (auto const& entry : index.entries()) {
        if (entry.type == entry_type::whiteout) {
            auto const parent = folder(folder_of(entry.path));
            std::string const name(name_of(entry.path));
            if (::mknodat(parent->get(), name.c_str(), S_IFCHR, ::makedev(0, 0)) == 0)
                continue;
            if (errno != EPERM || may_run_steps())
                throw_file_errno("unpacking the whiteout of " + entry.path);
            disowned_ = entry.path;
        } else if (entry.type == entry_type::opaque) {
            auto const whole = folder(entry.path);
            if (!may_run_steps() && is_first_user_namespace())
                disowned_ = entry.path;
            else
                write_xattr(name_in_folder(whole->get(), "."), opaque_xattr(), "y", entry.path);
        }
    }
}

ACRX_DECL void layer_unpacker::set_folder_metadata()
{
    // From the end: a folder's parent is still open to us while its own mode is set.
    for (auto at = folders_.rbegin(); at != folders_.rend(); ++at) {
        auto const opened = root_.open(at->first, O_RDONLY | O_DIRECTORY, links::refuse);
        if (!set_metadata(opened.get(), at->second))
            disowned_ = "/" + at->first;
    }
}
}  // namespace acrx::detail
#endif
