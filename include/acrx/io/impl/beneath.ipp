// Bodies of io/beneath.hpp.
#ifndef ACRX_IO_IMPL_BENEATH_IPP
#define ACRX_IO_IMPL_BENEATH_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/beneath.hpp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <utility>

namespace acrx {
namespace detail {
/// A descriptor, or -1 and errno.
inline int open_beneath(int root, std::filesystem::path const& path, int flags, links how, mode_t mode)
{
    ::open_how request{};
    request.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
    if ((flags & O_CREAT) != 0)
        request.mode = mode;
    request.resolve = RESOLVE_NO_MAGICLINKS;
    request.resolve |= how == links::in_root ? RESOLVE_IN_ROOT : RESOLVE_BENEATH;
    if (how == links::refuse)
        request.resolve |= RESOLVE_NO_SYMLINKS;
    auto const* name = path.empty() ? "." : path.c_str();
    long opened = -1;
    do
        opened = ::syscall(SYS_openat2, root, name, &request, sizeof request);
    while (opened < 0 && (errno == EINTR || errno == EAGAIN));  // EAGAIN: a rename or mount came between
    return static_cast<int>(opened);
}

[[noreturn]] inline void throw_beneath(std::filesystem::path const& root, std::filesystem::path const& path)
{
    auto const number = errno;
    auto const doing = "opening " + path.string() + " in " + root.string();
    if (number == EXDEV || number == ELOOP)
        throw error(errc::outside_root, doing);
    if (number == ENOSYS)
        throw error(errc::not_supported, doing, "This needs Linux 5.6 or later (openat2).");
    throw_errno(number, doing);
}
}  // namespace detail

ACRX_DECL beneath::beneath(std::filesystem::path root)
    : root_(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)), path_(std::move(root))
{
    if (!root_)
        throw_errno("opening the folder " + path_.string());
}

ACRX_DECL unique_fd beneath::open(std::filesystem::path const& path, int flags, links how, mode_t mode) const
{
    unique_fd file(detail::open_beneath(root_.get(), path, flags, how, mode));
    if (!file)
        detail::throw_beneath(path_, path);
    return file;
}

ACRX_DECL std::optional<unique_fd> beneath::open_if_there(std::filesystem::path const& path, int flags, links how) const
{
    unique_fd file(detail::open_beneath(root_.get(), path, flags, how, 0));
    if (file)
        return file;
    if (errno == ENOENT || errno == ENOTDIR)
        return std::nullopt;
    detail::throw_beneath(path_, path);
}

ACRX_DECL std::optional<struct stat> beneath::status(std::filesystem::path const& path, links how) const
{
    struct stat found{};
    // With O_NOFOLLOW a link at the end is opened itself, which RESOLVE_NO_SYMLINKS allows under O_PATH.
    auto const file = open_if_there(path, O_PATH | O_NOFOLLOW, how);
    if (!file)
        return std::nullopt;
    if (::fstat(file->get(), &found) != 0)
        detail::throw_beneath(path_, path);
    return found;
}

ACRX_DECL std::string beneath::read_link(std::filesystem::path const& path, links how) const
{
    auto const link = open(path, O_PATH | O_NOFOLLOW, how);
    std::string text(4096, '\0');
    auto const size = ::readlinkat(link.get(), "", text.data(), text.size());
    if (size < 0)
        detail::throw_beneath(path_, path);
    text.resize(static_cast<std::size_t>(size));
    return text;
}

ACRX_DECL bool beneath::make_folder(std::filesystem::path const& path, links how, mode_t mode) const
{
    auto const parent = open(path.parent_path(), O_PATH | O_DIRECTORY, how);
    auto const name = path.filename();
    if (name.empty() || name == "." || name == "..")
        throw error(errc::invalid_argument, "making the folder " + path.string() + " in " + path_.string());
    if (::mkdirat(parent.get(), name.c_str(), mode) == 0)
        return true;
    auto const number = errno;
    struct stat found{};
    if (number == EEXIST && ::fstatat(parent.get(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0
        && S_ISDIR(found.st_mode))
        return false;
    throw_errno(number, "making the folder " + path.string() + " in " + path_.string());
}
}  // namespace acrx
#endif
