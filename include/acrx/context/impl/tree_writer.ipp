// Bodies of context/detail/tree_writer.hpp.
#ifndef ACRX_CONTEXT_IMPL_TREE_WRITER_IPP
#define ACRX_CONTEXT_IMPL_TREE_WRITER_IPP
#include <acrx/context/detail/tree_writer.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

namespace acrx::detail {
inline ::timespec to_timespec(time_point t)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(t);
    return {static_cast<std::time_t>(seconds.time_since_epoch().count()), static_cast<long>((t - seconds).count())};
}

inline std::pair<std::string, std::string> split_name(std::string const& path)
{
    auto const slash = path.rfind('/');
    if (slash == std::string::npos)
        return {std::string(), path};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

/// What is in the way goes, unless it is a folder.
inline void remove_old(int parent, std::string const& name, std::string const& doing)
{
    if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT)
        return;
    if (errno == EISDIR)
        throw error(errc::damaged, doing + " is a folder and something else");
    throw_errno(doing);
}

ACRX_DECL std::string tree_writer::clean(std::string_view path) const
{
    std::string result;
    auto rest = path;
    while (!rest.empty()) {
        auto const part = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (part.empty() || part == ".")
            continue;
        if (part != "..") {
            result += (result.empty() ? "" : "/") + std::string(part);
            continue;
        }
        if (result.empty())
            throw error(errc::outside_root, doing(path) + " leads out of the archive");
        result = split_name(result).first;
    }
    return result;
}

/// Links inside the root are followed.
ACRX_DECL unique_fd tree_writer::open_folder(std::string const& path)
{
    constexpr int flags = O_PATH | O_DIRECTORY;
    if (auto folder = root_.open_if_there(path, flags, links::beneath))
        return std::move(*folder);
    for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
        if (!root_.open_if_there(path.substr(0, slash), flags, links::beneath))
            root_.make_folder(path.substr(0, slash), links::beneath);
    root_.make_folder(path, links::beneath);
    return root_.open(path, flags, links::beneath);
}

ACRX_DECL void tree_writer::add(archive_entry_info const& entry, content_source const& content)
{
    auto const path = clean(entry.path);
    if (path.empty()) {
        if (entry.type == archive_type::directory)
            folders_.push_back({path, entry.mode, entry.mtime});
        return;
    }
    auto const [folder, name] = split_name(path);
    try {
        auto const parent = open_folder(folder);
        write_entry(parent.get(), name, path, entry, content);
    } catch (error const& e) {
        if (e.code() == errc::outside_root)
            throw error(errc::outside_root, doing(entry.path) + " leads out of the archive");
        if (e.code() == boost::system::errc::not_a_directory || e.code() == boost::system::errc::file_exists)
            throw error(errc::damaged, doing(entry.path) + " lies in something that is no folder");
        throw;
    }
}

ACRX_DECL void tree_writer::write_entry(int parent, std::string const& name, std::string const& path,
                                        archive_entry_info const& entry, content_source const& content)
{
    ::timespec const times[2] = {to_timespec(entry.mtime), to_timespec(entry.mtime)};
    switch (entry.type) {
    case archive_type::directory: {
        struct stat status{};
        bool const there = ::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
        if (there && !S_ISDIR(status.st_mode))
            remove_old(parent, name, doing(path));
        if ((!there || !S_ISDIR(status.st_mode)) && ::mkdirat(parent, name.c_str(), 0755) != 0)
            throw_file_errno(doing(path));
        folders_.push_back({path, entry.mode, entry.mtime});
        return;
    }
    case archive_type::regular: return write_file(parent, name, entry, content);
    case archive_type::hard_link: return link_file(parent, name, entry);
    case archive_type::symbolic_link:
        remove_old(parent, name, doing(path));
        if (::symlinkat(entry.link.c_str(), parent, name.c_str()) != 0
            || ::utimensat(parent, name.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
            throw_file_errno(doing(path));
        return;
    default:
        throw error(errc::not_supported, doing(path) + " is a device or a pipe, which a build context cannot hold");
    }
}

ACRX_DECL void tree_writer::write_file(int parent, std::string const& name, archive_entry_info const& entry,
                                       content_source const& content)
{
    remove_old(parent, name, doing(entry.path));
    unique_fd const out(::openat(parent, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!out)
        throw_file_errno(doing(entry.path));
    std::uint64_t end = 0;
    while (auto const piece = content()) {
        if (piece->offset != end && ::lseek(out.get(), static_cast<off_t>(piece->offset), SEEK_SET) < 0)
            throw_errno(doing(entry.path));
        write_all(out.get(), piece->bytes, entry.path);
        end = piece->offset + piece->bytes.size();
    }
    if (end < entry.size && ::ftruncate(out.get(), static_cast<off_t>(entry.size)) != 0)
        throw_file_errno(doing(entry.path));
    ::timespec const times[2] = {to_timespec(entry.mtime), to_timespec(entry.mtime)};
    if (::fchmod(out.get(), entry.mode & 07777U) != 0 || ::futimens(out.get(), times) != 0)
        throw_file_errno(doing(entry.path));
}

ACRX_DECL void tree_writer::link_file(int parent, std::string const& name, archive_entry_info const& entry)
{
    auto const target = clean(entry.link);
    if (target == clean(entry.path))
        return;
    auto const [folder, file] = split_name(target);
    auto const from = root_.open_if_there(folder, O_PATH | O_DIRECTORY, links::beneath);
    struct stat status{};
    if (!from || ::fstatat(from->get(), file.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || S_ISDIR(status.st_mode))
        throw error(errc::damaged, doing(entry.path) + " is a hard link to \"" + entry.link.substr(0, 200)
                                       + "\", which is no file before it");
    remove_old(parent, name, doing(entry.path));
    if (::linkat(from->get(), file.c_str(), parent, name.c_str(), 0) != 0)
        throw_file_errno(doing(entry.path));
}

ACRX_DECL void tree_writer::finish()
{
    // The last word on a folder counts, and a folder comes after what is in it: it may forbid entering.
    std::stable_sort(folders_.begin(), folders_.end(), [](auto const& a, auto const& b) { return a.path > b.path; });
    for (auto at = folders_.begin(); at != folders_.end(); ++at) {
        if (std::next(at) != folders_.end() && std::next(at)->path == at->path)
            continue;
        auto const folder = root_.open(at->path, O_RDONLY | O_DIRECTORY, links::beneath);
        ::timespec const times[2] = {to_timespec(at->mtime), to_timespec(at->mtime)};
        if (::fchmod(folder.get(), at->mode & 07777U) != 0 || ::futimens(folder.get(), times) != 0)
            throw_file_errno(doing(at->path));
    }
}
}  // namespace acrx::detail
#endif
