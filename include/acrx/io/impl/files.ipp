// Bodies of io/files.hpp.
#ifndef ACRX_IO_IMPL_FILES_IPP
#define ACRX_IO_IMPL_FILES_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/arriving_file.hpp>
#include <acrx/io/files.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <memory>
#include <vector>

namespace acrx {
namespace detail {
/// When a process was started, in clock ticks since boot; 0 if there is no such process, or it has ended.
inline std::uint64_t start_of_process(long id)
{
    auto const name = "/proc/" + std::to_string(id) + "/stat";
    unique_fd const file(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 1024> text{};
    auto const size = file ? ::read(file.get(), text.data(), text.size()) : 0;
    if (size <= 0)
        return 0;
    // The second field is the name in brackets and may hold anything; the start is 20 fields after it.
    std::string_view rest(text.data(), static_cast<std::size_t>(size));
    rest.remove_prefix(std::min(rest.rfind(')') + 1, rest.size()));
    if (rest.starts_with(" Z") || rest.starts_with(" X"))  // its parent has not asked for its status yet
        return 0;
    for (int field = 0; field < 20 && !rest.empty(); ++field)
        rest.remove_prefix(std::min(rest.find(' ') + 1, rest.size()));
    std::uint64_t start = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), start);
    return start;
}

/// Removes the trees below one folder without holding more open folders than `depth_limit`.
class tree_remover
{
public:
    explicit tree_remover(std::filesystem::path const& top) : top_(top) {}

    void remove(int parent, char const* name)
    {
        if (::unlinkat(parent, name, 0) == 0 || errno == ENOENT)
            return;
        if (errno != EISDIR && errno != EPERM && errno != EACCES)
            fail();
        auto const folder = open_folder(parent, name);
        if (!folder)
            return;
        empty(folder.get(), 0);
        while (!moved_.empty()) {
            auto const next = std::move(moved_.back());
            moved_.pop_back();
            auto const deep = open_folder(folder.get(), next.c_str());
            if (!deep)
                continue;
            empty(deep.get(), 0);
            remove_folder(folder.get(), next.c_str());
        }
        remove_folder(parent, name);
    }

private:
    static constexpr int depth_limit = 64;

    [[noreturn]] void fail() const { throw_errno("removing " + top_.string()); }

    unique_fd open_folder(int parent, char const* name)
    {
        constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
        unique_fd folder(::openat(parent, name, flags));
        if (!folder && errno == EACCES && ::fchmodat(parent, name, 0700, 0) == 0)
            folder.reset(::openat(parent, name, flags));
        if (!folder && errno != ENOENT)
            fail();
        if (folder && top_folder_ < 0)
            top_folder_ = folder.get();
        return folder;
    }

    void remove_folder(int parent, char const* name) const
    {
        if (::unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
            fail();
    }

    void empty(int folder, int depth)
    {
        std::unique_ptr<DIR, int (*)(DIR*)> list(::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
                                                 &::closedir);
        if (!list && errno == EACCES) {
            ::fchmod(folder, 0700);
            list.reset(::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
        }
        if (!list)
            fail();
        while (auto const* found = ::readdir(list.get())) {
            std::string_view const name = found->d_name;
            if (name != "." && name != "..")
                remove_child(folder, found->d_name, found->d_type == DT_DIR, depth);
        }
    }

    void remove_child(int folder, char const* name, bool is_folder, int depth)
    {
        if (!is_folder) {
            if (::unlinkat(folder, name, 0) == 0 || errno == ENOENT)
                return;
            if (errno == EACCES && ::fchmod(folder, 0700) == 0 && ::unlinkat(folder, name, 0) == 0)
                return;
            if (errno != EISDIR)
                fail();
        }
        if (depth >= depth_limit) {
            auto const aside = ".removing-" + std::to_string(++count_);
            if (::renameat(folder, name, top_folder_, aside.c_str()) != 0)
                fail();
            moved_.push_back(aside);
            return;
        }
        auto const child = open_folder(folder, name);
        if (!child)
            return;
        empty(child.get(), depth + 1);
        if (::unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
            return;
        if (errno != EACCES || ::fchmod(folder, 0700) != 0)
            fail();
        remove_folder(folder, name);
    }

    std::filesystem::path const& top_;
    int top_folder_ = -1;
    std::vector<std::string> moved_;
    std::size_t count_ = 0;
};

}  // namespace detail

ACRX_DECL void throw_file_errno(std::string const& doing)
{
    auto const number = errno;
    if (number != ENOSPC && number != EDQUOT)
        throw_errno(number, doing);
    throw error(error_code(number, boost::system::system_category()), doing,
                "The disk is full. Free some space, or choose another state folder.");
}

ACRX_DECL std::optional<std::string> read_file_if_exists(std::filesystem::path const& path, std::uint64_t limit)
{
    try {
        return read_file(path, limit);
    } catch (error const& e) {
        if (e.code() == boost::system::errc::no_such_file_or_directory)
            return std::nullopt;
        throw;
    }
}

ACRX_DECL std::string read_file(std::filesystem::path const& path, std::uint64_t limit)
{
    auto const doing = "reading " + path.string();
    unique_fd const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0)
        throw_errno(doing);
    // One byte more than expected, to meet the end in the first read.
    auto const expected = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
    std::string bytes(static_cast<std::size_t>(std::min(expected, limit)) + 1, '\0');
    std::size_t size = 0;
    for (;;) {
        auto const got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw_errno(doing);
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
        if (size > limit)
            throw error(errc::invalid_argument, doing + ": more than " + std::to_string(limit) + " bytes");
        if (size == bytes.size())
            bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(limit, 2 * size)) + 1);
    }
    bytes.resize(size);
    return bytes;
}

ACRX_DECL void write_all(int descriptor, std::span<std::byte const> bytes, std::filesystem::path const& name)
{
    while (!bytes.empty()) {
        auto const done = ::write(descriptor, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            throw_file_errno("writing " + name.string());
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
}

ACRX_DECL void write_file(std::filesystem::path const& path, std::string_view bytes, durability how, unsigned mode)
{
    arriving_file file(path, mode);
    file.write(std::as_bytes(std::span(bytes)));
    file.keep(how);
    if (how != durability::synced)
        return;
    auto const folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    unique_fd const parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!parent || ::fsync(parent.get()) != 0)
        throw_file_errno("writing " + path.string());
}

ACRX_DECL std::filesystem::path temporary_name(std::filesystem::path const& folder, std::string_view prefix)
{
    static std::atomic<std::uint64_t> count = 0;
    auto const id = static_cast<long>(::getpid());
    return folder
           / (std::string(prefix) + '.' + std::to_string(id) + '.' + std::to_string(detail::start_of_process(id)) + '.'
              + std::to_string(++count));
}

ACRX_DECL bool is_abandoned(std::string_view name)
{
    std::array<std::uint64_t, 3> numbers{};  // from the end: count, start, process
    for (auto& number : numbers) {
        auto const dot = name.rfind('.');
        if (dot == std::string_view::npos || dot + 1 == name.size())
            return false;
        auto const text = name.substr(dot + 1);
        auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failure != std::errc{} || end != text.data() + text.size())
            return false;
        name = name.substr(0, dot);
    }
    return detail::start_of_process(static_cast<long>(numbers[2])) != numbers[1];
}

ACRX_DECL void remove_tree(std::filesystem::path const& path)
{
    detail::tree_remover(path).remove(AT_FDCWD, path.c_str());
}

ACRX_DECL file_lock::file_lock(std::filesystem::path const& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
{
    if (!file_)
        throw_file_errno("locking " + path.string());
    while (::flock(file_.get(), LOCK_EX) != 0)
        if (errno != EINTR)
            throw_errno("locking " + path.string());
}

ACRX_DECL std::optional<file_lock> file_lock::try_lock(std::filesystem::path const& path)
{
    unique_fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!file)
        throw_file_errno("locking " + path.string());
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
        return file_lock(std::move(file));
    if (errno != EWOULDBLOCK)
        throw_errno("locking " + path.string());
    return std::nullopt;
}
}  // namespace acrx
#endif
