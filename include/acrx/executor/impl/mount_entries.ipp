// What a step sees: the entries of its mount table, made one by one beneath its root.
#ifndef ACRX_EXECUTOR_IMPL_MOUNT_ENTRIES_IPP
#define ACRX_EXECUTOR_IMPL_MOUNT_ENTRIES_IPP
#include <acrx/executor/detail/new_root.hpp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace acrx::detail {
/// `/proc/self/fd/N`: the name of what a descriptor refers to, for calls that only take names.
class descriptor_name
{
public:
    explicit descriptor_name(int descriptor) noexcept
    {
        char* end = text_ + sizeof text_ - 1;
        *end = '\0';
        do
            *--end = static_cast<char>('0' + descriptor % 10);
        while ((descriptor /= 10) > 0);
        constexpr std::size_t length = sizeof prefix - 1;
        std::memcpy(end - length, prefix, length);
        begin_ = end - length;
    }
    char const* get() const noexcept { return begin_; }

private:
    static constexpr char prefix[] = "/proc/self/fd/";
    char text_[32];
    char const* begin_;
};

/// A path inside the root, one piece after the other, without allocating.
class root_path
{
public:
    explicit root_path(char const* path) noexcept : size_(::strnlen(path, sizeof text_ - 1))
    {
        std::memcpy(text_, path, size_);
        text_[size_] = '\0';
    }
    /// Cuts the path before its last component. @return that component
    char const* split() noexcept
    {
        auto at = size_;
        while (at > 0 && text_[at - 1] != '/')
            --at;
        if (at > 0)
            text_[at - 1] = '\0';
        return text_ + at;
    }
    char const* get() const noexcept { return text_[0] == '\0' ? "/" : text_; }
    /// Shows the components up to the one after `from`; false at the end. @param from  0, then what the call left there
    bool grow(root_path const& whole, std::size_t& from) noexcept
    {
        while (whole.text_[from] == '/')
            ++from;
        if (whole.text_[from] == '\0')
            return false;
        while (whole.text_[from] != '/' && whole.text_[from] != '\0')
            ++from;
        std::memcpy(text_, whole.text_, from);
        text_[from] = '\0';
        size_ = from;
        return true;
    }

private:
    char text_[PATH_MAX];
    std::size_t size_;
};

/// Resolves as if `root` were `/`. @return a descriptor, or -1 and errno
inline int open_in_root(int root, char const* path, int flags) noexcept
{
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    long opened = -1;
    do
        opened = ::syscall(SYS_openat2, root, path, &how, sizeof how);
    while (opened < 0 && (errno == EINTR || errno == EAGAIN));
    return static_cast<int>(opened);
}

/// Tells the parent what to take away afterwards.
inline void report_made(int parent, char const* name, int root) noexcept
{
    launch_report report;
    report.stage = launch_stage::made_point;
    char top[PATH_MAX];
    auto const top_size = ::readlink(descriptor_name(root).get(), top, sizeof top);
    char folder[PATH_MAX];
    auto const size = ::readlink(descriptor_name(parent).get(), folder, sizeof folder);
    auto const start = top_size == 1 ? 0 : top_size;
    auto const length = ::strlen(name);
    if (top_size < 0 || size < start || static_cast<std::size_t>(size - start) + length + 2 > sizeof report.path)
        return;
    std::memcpy(report.path, folder + start, static_cast<std::size_t>(size - start));
    report.path[size - start] = '/';
    std::memcpy(report.path + (size - start) + 1, name, length);
    [[maybe_unused]] auto const written = ::write(launch_report_descriptor, &report, sizeof report);
}

/// What is made where something is missing.
struct missing_path
{
    bool file = false;      ///< the last component is an empty file
    bool temporary = true;  ///< a mount point, to be taken away; else it stays, owned by `uid` and `gid`
    uid_t uid = 0;
    gid_t gid = 0;
    bool reported = true;  ///< the parent is told of a mount point
};

/// What is below /dev goes with its memory filesystem.
inline missing_path missing_point(std::string const& target, bool file) noexcept
{
    missing_path how;
    how.file = file;
    how.reported = !target.starts_with("/dev/");
    return how;
}

/// Makes one component. @return false and errno if it cannot
inline bool make_component(int root, root_path path, bool file, missing_path const& how) noexcept
{
    auto const* const name = path.split();
    auto const parent = open_in_root(root, path.get(), O_RDONLY | O_DIRECTORY);
    if (parent < 0)
        return false;
    struct stat before
    {};
    ::fstat(parent, &before);
    bool made = false;
    if (file) {
        auto const created = ::openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        made = created >= 0;
        if (made)
            ::close(created);
    } else {
        made = ::mkdirat(parent, name, 0755) == 0;
    }
    auto const number = errno;
    if (made && !how.temporary && ::fchownat(parent, name, how.uid, how.gid, AT_SYMLINK_NOFOLLOW) != 0)
        made = false;
    if (made && how.temporary) {
        timespec const times[2] = {before.st_atim, before.st_mtim};
        ::futimens(parent, times);
        if (how.reported)
            report_made(parent, name, root);
    }
    ::close(parent);
    errno = number;
    return made;
}

/// Opens a path, which a zero must end, and makes what is missing of it. @return a descriptor without access (O_PATH), or -1 and errno
inline int open_or_make(int root, std::string_view target, missing_path const& how) noexcept
{
    auto opened = open_in_root(root, target.data(), O_PATH);
    if (opened >= 0 || errno != ENOENT)
        return opened;
    root_path const whole(target.data());
    root_path part("");
    for (std::size_t end = 0; part.grow(whole, end);) {
        opened = open_in_root(root, part.get(), O_PATH);
        if (opened >= 0) {
            ::close(opened);
            continue;
        }
        bool const last = target.find_first_not_of('/', end) == std::string_view::npos;
        if (errno != ENOENT || !make_component(root, part, last && how.file, how))
            return -1;
    }
    return open_in_root(root, target.data(), O_PATH);
}

/// Makes what is mounted at `target` read-only and keeps its other flags.
inline bool forbid_writing(int root, char const* target) noexcept
{
    auto const mounted = open_in_root(root, target, O_PATH);
    struct statfs status
    {};
    if (mounted < 0 || ::fstatfs(mounted, &status) != 0)
        return false;
    auto const kept = static_cast<unsigned long>(status.f_flags) & (MS_NOSUID | MS_NODEV | MS_NOEXEC);
    auto const done =
        ::mount(nullptr, descriptor_name(mounted).get(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | kept, nullptr);
    ::close(mounted);
    return done == 0;
}

/// In a user namespace, /sys of a network that is not its own, and /proc below one with hidden parts, are only to be had
/// as they are mounted already.
inline bool show_ours(mount_entry const& entry, int root, int point) noexcept
{
    auto const* const ours = entry.source == "sysfs" ? "/sys" : entry.source == "proc" ? "/proc" : nullptr;
    if (errno != EPERM || ours == nullptr
        || ::mount(ours, descriptor_name(point).get(), nullptr, MS_BIND | MS_REC, nullptr) != 0)
        return false;
    return (entry.flags & MS_RDONLY) == 0 || forbid_writing(root, entry.target.c_str());
}

inline bool mount_filesystem(int root, mount_entry const& entry) noexcept
{
    auto const point = open_or_make(root, entry.target, missing_point(entry.target, false));
    if (point < 0)
        return false;
    bool const done = ::mount(entry.source.c_str(), descriptor_name(point).get(), entry.source.c_str(), entry.flags,
                              entry.options.c_str()) == 0
                      || show_ours(entry, root, point);
    auto const number = errno;
    ::close(point);
    errno = number;
    return done;
}

/// What a bind shows; links in the part below a folder never lead out of that. @return a descriptor, or -1 and errno
inline int open_source(mount_entry const& entry) noexcept
{
    auto const top = ::open(entry.source.c_str(), O_PATH | O_CLOEXEC);
    if (top < 0 || entry.part.empty())
        return top;
    auto const part = open_in_root(top, entry.part.c_str(), O_PATH);
    auto const number = errno;
    ::close(top);
    errno = number;
    return part;
}

/// A user namespace may not look behind the mounts of this machine: it shows them with the folder that they are in.
inline int bind(char const* source, char const* point) noexcept
{
    auto const done = ::mount(source, point, nullptr, MS_BIND, nullptr);
    return done != 0 && errno == EINVAL ? ::mount(source, point, nullptr, MS_BIND | MS_REC, nullptr) : done;
}

inline bool mount_bind(int root, mount_entry const& entry) noexcept
{
    bool const file = entry.what != mount_entry::kind::bind_folder;
    auto const source = open_source(entry);
    auto const point = source < 0 ? -1 : open_or_make(root, entry.target, missing_point(entry.target, file));
    auto const done = point < 0 ? -1 : bind(descriptor_name(source).get(), descriptor_name(point).get());
    auto const number = errno;
    if (source >= 0)
        ::close(source);
    if (point >= 0)
        ::close(point);
    errno = number;
    return done == 0 && ((entry.flags & MS_RDONLY) == 0 || forbid_writing(root, entry.target.c_str()));
}

/// Opens the folders where the options of the overlay expect them.
inline bool open_stack(mount_entry const& entry) noexcept
{
    int wanted = first_overlay_descriptor;
    for (auto const& folder : entry.folders) {
        auto const opened = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (opened < 0 || ::dup3(opened, wanted++, O_CLOEXEC) < 0)
            return false;
        ::close(opened);
    }
    return true;
}

inline bool mount_overlay(int root, mount_entry const& entry) noexcept
{
    auto const point = open_or_make(root, entry.target, missing_point(entry.target, false));
    if (point < 0 || !open_stack(entry) || ::chdir("/proc/self/fd") != 0)
        return false;
    auto const done =
        ::mount("overlay", descriptor_name(point).get(), "overlay", entry.flags, entry.options.c_str());
    auto const number = errno;
    ::close(point);
    for (std::size_t index = 0; index < entry.folders.size(); ++index)
        ::close(first_overlay_descriptor + static_cast<int>(index));
    errno = number;
    return done == 0;
}

/// The parent is not told of it: it is made in a memory filesystem that ends with us.
inline bool make_file(int root, mount_entry const& entry) noexcept
{
    root_path path(entry.target.c_str());
    auto const* const name = path.split();
    auto const parent = open_in_root(root, path.get(), O_PATH | O_DIRECTORY);
    if (parent < 0)
        return false;
    auto const file = ::openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    ::close(parent);
    if (file < 0)
        return false;
    bool done = true;
    for (std::size_t at = 0; done && at < entry.source.size();) {
        auto const written = ::write(file, entry.source.data() + at, entry.source.size() - at);
        done = written > 0;
        at += static_cast<std::size_t>(written);
    }
    done = done && ::fchown(file, entry.uid, entry.gid) == 0 && ::fchmod(file, entry.mode) == 0;
    ::close(file);
    return done;
}

inline bool mask(int root, mount_entry const& entry) noexcept
{
    auto const point = open_in_root(root, entry.target.c_str(), O_PATH);
    struct stat status
    {};
    if (point < 0 || ::fstat(point, &status) != 0)
        return false;
    auto const name = descriptor_name(point);
    auto const done = S_ISDIR(status.st_mode) ? ::mount("tmpfs", name.get(), "tmpfs", MS_RDONLY, "size=0k")
                                              : ::mount("/dev/null", name.get(), nullptr, MS_BIND, nullptr);
    ::close(point);
    return done == 0;
}

inline bool protect(int root, mount_entry const& entry) noexcept
{
    auto const point = open_in_root(root, entry.target.c_str(), O_PATH);
    if (point < 0)
        return false;
    auto const name = descriptor_name(point);
    auto const done = ::mount(name.get(), name.get(), nullptr, MS_BIND | MS_REC, nullptr);
    ::close(point);
    return done == 0 && forbid_writing(root, entry.target.c_str());
}

inline bool make_link(int root, mount_entry const& entry) noexcept
{
    root_path path(entry.target.c_str());
    auto const* const name = path.split();
    auto const parent = open_in_root(root, path.get(), O_PATH | O_DIRECTORY);
    auto const done = parent < 0 ? -1 : ::symlinkat(entry.source.c_str(), parent, name);
    if (parent >= 0)
        ::close(parent);
    return done == 0;
}

/// Where device nodes may not be made, in a container without that right, this machine's own is shown.
inline bool make_node(int root, mount_entry const& entry) noexcept
{
    struct stat status
    {};
    root_path path(entry.target.c_str());
    auto const* const name = path.split();
    auto const parent = open_or_make(root, path.get(), missing_point(entry.target, false));
    bool const is_told = entry.mode != 0;
    if (parent < 0 || (!is_told && ::stat(entry.source.c_str(), &status) != 0))
        return false;
    auto const mode = is_told ? entry.mode : (status.st_mode & S_IFMT) | 0666;
    bool made = ::mknodat(parent, name, mode, is_told ? entry.device : status.st_rdev) == 0;
    bool const is_forbidden = !made && errno == EPERM;
    if (made && is_told)
        made = ::fchownat(parent, name, entry.uid, entry.gid, 0) == 0
               && ::fchmodat(parent, name, mode & 07777U, 0) == 0;
    auto const number = errno;
    ::close(parent);
    errno = number;
    return made || (is_forbidden && mount_bind(root, entry));
}

inline bool apply(int root, mount_entry const& entry) noexcept
{
    using kind = mount_entry::kind;
    switch (entry.what) {
    case kind::filesystem: return mount_filesystem(root, entry);
    case kind::bind_file:
    case kind::bind_folder: return mount_bind(root, entry);
    case kind::overlay: return mount_overlay(root, entry);
    case kind::file: return make_file(root, entry);
    case kind::mask: return mask(root, entry);
    case kind::read_only: return protect(root, entry);
    case kind::node: return make_node(root, entry);
    case kind::link: return make_link(root, entry);
    }
    return false;
}

inline void apply_all(int root, std::vector<mount_entry> const& table, launch_stage stage) noexcept
{
    for (auto const& entry : table)
        if (!apply(root, entry) && !entry.optional)
            fail(stage, static_cast<std::size_t>(&entry - table.data()));
}
}  // namespace acrx::detail
#endif
