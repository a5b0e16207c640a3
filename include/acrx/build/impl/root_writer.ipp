// Bodies of build/detail/root_writer.hpp.
#ifndef ACRX_BUILD_IMPL_ROOT_WRITER_IPP
#define ACRX_BUILD_IMPL_ROOT_WRITER_IPP
#include <acrx/build/detail/root_writer.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <span>
#include <system_error>
#include <utility>

namespace acrx::detail {
inline std::array<::timespec, 2> root_file_times(time_point t)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(t);
    ::timespec const time{static_cast<::time_t>(seconds.time_since_epoch().count()),
                          static_cast<long>((t - seconds).count())};
    return {time, time};
}

/// The content of an item, in pieces, into an open file.
inline void copy_content(layer_item const& item, int to)
{
    auto const doing = "writing " + item.entry.path;
    if (item.file.empty())
        return write_all(to, std::as_bytes(std::span(item.bytes)), item.entry.path);
    unique_fd const from(::open(item.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!from)
        throw_file_errno("reading " + item.file);
    for (;;) {
        auto const copied = ::copy_file_range(from.get(), nullptr, to, nullptr, std::size_t{1} << 30, 0);
        if (copied == 0)
            return;
        if (copied < 0 && errno != EINTR)
            break;  // another disk, or a kernel that cannot: by hand
    }
    std::vector<std::byte> buffer(256 * 1024);
    for (;;) {
        auto const size = ::read(from.get(), buffer.data(), buffer.size());
        if (size == 0)
            return;
        if (size > 0)
            write_all(to, std::span(buffer).first(static_cast<std::size_t>(size)), item.entry.path);
        else if (errno != EINTR)
            throw_file_errno(doing);
    }
}

/// The names in an open folder.
inline std::vector<std::string> names_in(int folder)
{
    std::vector<std::string> names;
    std::unique_ptr<DIR, int (*)(DIR*)> const list(::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
                                                   &::closedir);
    if (!list)
        throw_file_errno("reading a folder");
    while (auto const* entry = ::readdir(list.get()))
        if (std::string_view const name = entry->d_name; name != "." && name != "..")
            names.emplace_back(name);
    return names;
}

inline unique_fd open_folder(int parent, std::string const& name)
{
    unique_fd folder(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder)
        throw_file_errno("opening the folder " + name);
    return folder;
}

/// Moves all in `from` into `to`; folders that both have are merged.
inline void merge_folders(int from, int to)
{
    for (auto const& name : names_in(from)) {
        struct stat incoming{};
        struct stat present{};
        if (::fstatat(from, name.c_str(), &incoming, AT_SYMLINK_NOFOLLOW) != 0)
            throw_file_errno("moving " + name);
        bool const is_taken = ::fstatat(to, name.c_str(), &present, AT_SYMLINK_NOFOLLOW) == 0;
        bool const is_folder = S_ISDIR(incoming.st_mode);
        if (is_taken && is_folder && S_ISDIR(present.st_mode)) {
            auto const inner = open_folder(from, name);
            auto const target = open_folder(to, name);
            merge_folders(inner.get(), target.get());
            std::array<::timespec, 2> const times{incoming.st_atim, incoming.st_mtim};
            bool failed = !is_ordinary_user() && ::fchown(target.get(), incoming.st_uid, incoming.st_gid) != 0;
            failed = ::fchmod(target.get(), incoming.st_mode & 07777U) != 0 || failed;
            if (::futimens(target.get(), times.data()) != 0 || failed)
                throw_file_errno("setting the owner, mode or time of " + name);
            continue;
        }
        if (is_taken && (is_folder || S_ISDIR(present.st_mode)))
            remove_tree("/proc/self/fd/" + std::to_string(to) + "/" + name);
        // To give a folder another parent is to write into it.
        bool const is_locked = is_folder && (incoming.st_mode & S_IWUSR) == 0;
        if (is_locked)
            ::fchmodat(from, name.c_str(), 0700, 0);
        if (::renameat(from, name.c_str(), to, name.c_str()) != 0
            || (is_locked && ::fchmodat(to, name.c_str(), incoming.st_mode & 07777U, 0) != 0))
            throw_file_errno("moving " + name);
    }
}

ACRX_DECL root_writer::root_writer(std::filesystem::path staging) : path_(std::move(staging)), is_root_(!is_ordinary_user())
{
    struct stat made{};
    if (::mkdir(path_.c_str(), 0777) != 0 || ::stat(path_.c_str(), &made) != 0 || ::chmod(path_.c_str(), 0700) != 0)
        throw_file_errno("making the folder " + path_.string());
    mode_ = made.st_mode & 07777U;
    root_ = std::make_unique<beneath>(path_);
}

ACRX_DECL root_writer::~root_writer()
{
    try {
        if (!path_.empty())
            remove_tree(path_);
    } catch (error const&) {
        // The error that led here says more.
    }
}

ACRX_DECL int root_writer::parent_of(std::string_view path)
{
    auto const slash = path.rfind('/');
    std::string folder(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
    if (!parent_ || folder != parent_name_) {
        parent_ = root_->open(folder, O_RDONLY | O_DIRECTORY, links::refuse);
        parent_name_ = std::move(folder);
    }
    return parent_.get();
}

ACRX_DECL void root_writer::add(layer_item const& item)
{
    auto const& entry = item.entry;
    auto const parent = parent_of(entry.path);
    auto const name = entry.path.substr(entry.path.rfind('/') + 1);
    switch (entry.type) {
    case entry_type::directory:
        if (::mkdirat(parent, name.c_str(), 0700) != 0)
            throw_file_errno("making the folder " + entry.path);
        folders_.push_back(entry);
        return;
    case entry_type::hard_link: {
        auto const slash = entry.link.rfind('/');
        auto const from = root_->open(slash == std::string::npos ? std::string() : entry.link.substr(0, slash),
                                      O_RDONLY | O_DIRECTORY, links::refuse);
        if (::linkat(from.get(), entry.link.c_str() + entry.link.rfind('/') + 1, parent, name.c_str(), 0) != 0)
            throw_file_errno("linking " + entry.path + " to " + entry.link);
        return;
    }
    case entry_type::regular: return add_file(item, parent, name);
    case entry_type::whiteout:
    case entry_type::opaque: return;  // no root has them
    default: return add_special(entry, parent, name);
    }
}

ACRX_DECL void root_writer::add_file(layer_item const& item, int parent, std::string const& name)
{
    unique_fd const file(::openat(parent, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file)
        throw_file_errno("writing " + item.entry.path);
    copy_content(item, file.get());
    set_metadata(item.entry, parent, name);
}

ACRX_DECL void root_writer::add_special(layer_entry const& entry, int parent, std::string const& name)
{
    int made = -1;
    auto const device = ::makedev(entry.device_major, entry.device_minor);
    if (entry.type == entry_type::symbolic_link)
        made = ::symlinkat(entry.link.c_str(), parent, name.c_str());
    else if (entry.type == entry_type::fifo)
        made = ::mkfifoat(parent, name.c_str(), 0600);
    else
        made = ::mknodat(parent, name.c_str(), (entry.type == entry_type::block_device ? S_IFBLK : S_IFCHR) | 0600U, device);
    if (made != 0 && errno == EPERM)
        throw error(errc::no_permission, "writing the device " + entry.path, "type=tar needs no privilege for devices.");
    if (made != 0)
        throw_file_errno("writing " + entry.path);
    set_metadata(entry, parent, name);
}

ACRX_DECL void root_writer::set_metadata(layer_entry const& entry, int parent, std::string const& name) const
{
    auto const times = root_file_times(entry.mtime);
    bool failed = is_root_ && ::fchownat(parent, name.c_str(), entry.uid, entry.gid, AT_SYMLINK_NOFOLLOW) != 0;
    if (entry.type != entry_type::symbolic_link)
        failed = ::fchmodat(parent, name.c_str(), entry.mode, 0) != 0 || failed;
    auto const reached = "/proc/self/fd/" + std::to_string(parent) + "/" + name;
    for (auto const& [key, value] : entry.xattrs)
        if (::lsetxattr(reached.c_str(), key.c_str(), value.data(), value.size(), 0) != 0 && errno != EPERM && errno != ENOTSUP)
            failed = true;
    failed = ::utimensat(parent, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0 || failed;
    if (failed)
        throw_file_errno("setting the owner, mode or time of " + entry.path);
}

ACRX_DECL void root_writer::finish()
{
    // From the end: what is in a folder changes its time, and its mode may keep even its owner out.
    for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder)
        set_metadata(*folder, parent_of(folder->path), folder->path.substr(folder->path.rfind('/') + 1));
    parent_.reset();
}

ACRX_DECL void root_writer::publish(std::filesystem::path const& name)
{
    if (::chmod(path_.c_str(), mode_) != 0 || ::rename(path_.c_str(), name.c_str()) != 0)
        throw_file_errno("writing to " + name.string());
    path_.clear();
}

ACRX_DECL void root_writer::merge_into(std::filesystem::path const& folder)
{
    beneath const target(folder);
    merge_folders(root_->descriptor(), target.descriptor());
}
}  // namespace acrx::detail
#endif
