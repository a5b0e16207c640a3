// Bodies of build/detail/context_cover.hpp.
#ifndef ACRX_BUILD_IMPL_CONTEXT_COVER_IPP
#define ACRX_BUILD_IMPL_CONTEXT_COVER_IPP
#include <acrx/build/detail/context_cover.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace acrx::detail {
/// One cover at work.
class cover_maker
{
public:
    cover_maker(std::filesystem::path const& folder, std::span<source_file const> shown,
                std::filesystem::path const& into, std::stop_token stop)
        : folder_(folder), into_(into), stop_(std::move(stop))
    {
        for (auto const& file : shown)
            shown_.emplace(file.item.entry.path, &file.item.entry);
    }

    cover make()
    {
        struct stat top
        {};
        if (::lstat(folder_.c_str(), &top) != 0)
            throw_file_errno("reading the folder " + folder_.string());
        if (!is_roots(top))
            need_folder("");
        walk("");
        if (folders_.empty())
            return cover::not_needed;
        for (auto at = folders_.rbegin(); possible_ && at != folders_.rend(); ++at)
            set_time(*at);
        return possible_ ? cover::made : cover::impossible;
    }

private:
    static bool is_roots(struct stat const& status) noexcept { return status.st_uid == 0 && status.st_gid == 0; }
    static std::string below(std::string const& folder, std::string const& name)
    {
        return folder.empty() ? name : folder + "/" + name;
    }

    void walk(std::string const& folder)
    {
        for (auto const& entry : std::filesystem::directory_iterator(folder_ / folder)) {
            if (stop_.stop_requested())
                throw error(errc::canceled, "preparing the files of a mount");
            if (!possible_)
                return;
            auto const path = below(folder, entry.path().filename().string());
            auto const found = shown_.find(path);
            if (found == shown_.end())
                hide(folder, path);
            else
                show(folder, *found->second);
        }
    }

    void hide(std::string const& folder, std::string const& path)
    {
        need_folder(folder);
        check(::mknod((into_ / path).c_str(), S_IFCHR, 0));
    }

    void show(std::string const& folder, layer_entry const& entry)
    {
        struct stat status
        {};
        if (::lstat((folder_ / entry.path).c_str(), &status) != 0)
            return;  // gone meanwhile
        bool const is_folder = S_ISDIR(status.st_mode);
        if (!is_roots(status)) {
            need_folder(folder);
            if (is_folder)
                need_folder(entry.path);
            else
                add_inode(entry, status);
        }
        if (is_folder)
            walk(entry.path);
    }

    /// Folders of the cover stand for those below them: they have their mode and, at the end, their time.
    void need_folder(std::string const& path)
    {
        if (!folders_.insert(path).second)
            return;
        if (!path.empty()) {
            auto const slash = path.rfind('/');
            need_folder(slash == std::string::npos ? std::string() : path.substr(0, slash));
        }
        struct stat status
        {};
        auto const made = into_ / path;
        if (::lstat((folder_ / path).c_str(), &status) != 0)
            throw_file_errno("reading the folder " + (folder_ / path).string());
        check(path.empty() ? 0 : ::mkdir(made.c_str(), 0700));
        check(::chmod(made.c_str(), status.st_mode & 07777));
        add_attributes(path, made);
    }

    void add_inode(layer_entry const& entry, struct stat const& status)
    {
        auto const made = into_ / entry.path;
        if (S_ISLNK(status.st_mode)) {
            check(::symlink(entry.link.c_str(), made.c_str()));
        } else if (S_ISREG(status.st_mode)) {
            unique_fd const file(::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
            check(file ? 0 : -1);
            check(::ftruncate(file.get(), status.st_size));
            check(::fsetxattr(file.get(), "trusted.overlay.metacopy", "", 0, 0));
            check(::fchmod(file.get(), status.st_mode & 07777));
        } else {
            check(::mknod(made.c_str(), status.st_mode & (S_IFMT | 07777), status.st_rdev));
        }
        add_attributes(entry.path, made);
        timespec const times[2] = {status.st_atim, status.st_mtim};
        check(::utimensat(AT_FDCWD, made.c_str(), times, AT_SYMLINK_NOFOLLOW));
    }

    void add_attributes(std::string const& path, std::filesystem::path const& made)
    {
        auto const found = shown_.find(path);
        if (found == shown_.end())
            return;
        for (auto const& [name, value] : found->second->xattrs)
            check(::lsetxattr(made.c_str(), name.c_str(), value.data(), value.size(), 0));
    }

    void set_time(std::string const& path)
    {
        struct stat status
        {};
        if (::lstat((folder_ / path).c_str(), &status) != 0)
            return;
        timespec const times[2] = {status.st_atim, status.st_mtim};
        check(::utimensat(AT_FDCWD, (into_ / path).c_str(), times, AT_SYMLINK_NOFOLLOW));
    }

    /// What the kernel or the file system refuses makes the cover impossible; a full disk is an error.
    void check(int result)
    {
        if (result == 0 || !possible_)
            return;
        if (errno == ENOSPC || errno == EDQUOT || errno == EIO)
            throw_file_errno("preparing the files of a mount in " + into_.string());
        possible_ = false;
    }

    std::filesystem::path const& folder_;
    std::filesystem::path const& into_;
    std::stop_token stop_;
    std::unordered_map<std::string_view, layer_entry const*> shown_;
    std::set<std::string> folders_;  ///< of the cover
    bool possible_ = true;
};

ACRX_DECL cover make_cover(std::filesystem::path const& folder, std::span<source_file const> shown,
                           std::filesystem::path const& into, std::stop_token stop)
{
    return cover_maker(folder, shown, into, std::move(stop)).make();
}
}  // namespace acrx::detail
#endif
