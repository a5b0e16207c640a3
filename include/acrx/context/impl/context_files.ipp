// Bodies of context/context_files.hpp.
#ifndef ACRX_CONTEXT_IMPL_CONTEXT_FILES_IPP
#define ACRX_CONTEXT_IMPL_CONTEXT_FILES_IPP
#include <acrx/context/context_files.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace acrx {
namespace detail {
inline std::int64_t nanoseconds_of(timespec const& t)
{
    return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

inline file_stamp stamp_of(struct stat const& s)
{
    return {s.st_dev, s.st_ino, static_cast<std::uint64_t>(s.st_size), nanoseconds_of(s.st_mtim),
            nanoseconds_of(s.st_ctim)};
}

/// Nothing for sockets, which no layer can hold.
inline std::optional<entry_type> type_of_mode(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG: return entry_type::regular;
    case S_IFDIR: return entry_type::directory;
    case S_IFLNK: return entry_type::symbolic_link;
    case S_IFCHR: return entry_type::character_device;
    case S_IFBLK: return entry_type::block_device;
    case S_IFIFO: return entry_type::fifo;
    default: return std::nullopt;
    }
}

/// The attributes that go into a layer; file systems without attributes have none.
inline std::vector<std::pair<std::string, std::string>> attributes_of(std::string const& path)
{
    std::array<char, 1024> names;
    auto const length = ::llistxattr(path.c_str(), names.data(), names.size());
    if (length <= 0)
        return {};
    std::vector<std::pair<std::string, std::string>> attributes;
    for (char const* name = names.data(); name < names.data() + length; name += std::string_view(name).size() + 1) {
        auto const text = std::string_view(name);
        if (!text.starts_with("user.") && text != "security.capability")
            continue;
        std::string value(65536, '\0');
        auto const size = ::lgetxattr(path.c_str(), name, value.data(), value.size());
        if (size < 0)
            continue;
        value.resize(static_cast<std::size_t>(size));
        attributes.emplace_back(text, std::move(value));
    }
    std::sort(attributes.begin(), attributes.end());
    return attributes;
}

/// The entry of a file of a context; `path` is relative, `file` is where it is.
/// @param stats  may be null
inline std::optional<source_file> describe_file(std::string path, std::string file, struct stat const& s,
                                                stat_index* stats)
{
    auto const type = type_of_mode(s.st_mode);
    if (!type)
        return std::nullopt;
    source_file found;
    auto& entry = found.item.entry;
    entry.type = *type;
    entry.mode = s.st_mode & 07777;
    entry.mtime = time_point(std::chrono::nanoseconds(nanoseconds_of(s.st_mtim)));
    if (type == entry_type::character_device || type == entry_type::block_device) {
        entry.device_major = static_cast<std::uint32_t>(major(s.st_rdev));
        entry.device_minor = static_cast<std::uint32_t>(minor(s.st_rdev));
    } else if (type == entry_type::symbolic_link) {
        entry.link = std::filesystem::read_symlink(file).string();
    } else if (type == entry_type::regular) {
        entry.size = static_cast<std::uint64_t>(s.st_size);
        if (s.st_nlink > 1)
            found.link_group = std::to_string(s.st_dev) + ":" + std::to_string(s.st_ino);
        auto const stamp = stamp_of(s);
        auto const known = stats != nullptr ? stats->find(file, stamp) : std::nullopt;
        if (known)
            entry.content = known->content;
        else
            found.stamp.assign(reinterpret_cast<char const*>(&stamp), sizeof stamp);
        if (!known || known->has_attributes)
            entry.xattrs = attributes_of(file);
        found.item.file = std::move(file);
    }
    if (type != entry_type::regular)
        entry.xattrs = attributes_of(file);
    entry.path = std::move(path);
    return found;
}

/// The names in an open folder, sorted.
inline std::vector<std::string> names_in(int folder, std::string const& path)
{
    std::unique_ptr<DIR, int (*)(DIR*)> const stream(::fdopendir(::dup(folder)), ::closedir);
    if (!stream)
        throw_errno("reading the folder \"" + path + "\"");
    std::vector<std::string> names;
    while (auto const* entry = ::readdir(stream.get())) {
        std::string_view const name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

inline sha256_bytes hash_file(std::string const& file, std::vector<std::byte>& buffer)
{
    unique_fd const opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened)
        throw_errno("reading \"" + file + "\"");
    sha256 hash;
    for (;;) {
        auto const got = ::read(opened.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw_errno("reading \"" + file + "\"");
        if (got == 0)
            return hash.finish_bytes();
        hash.update(std::span(buffer).first(static_cast<std::size_t>(got)));
    }
}
}  // namespace detail

ACRX_DECL context_files::context_files(std::filesystem::path root, ignore_rules rules,
                                       std::shared_ptr<stat_index> stats)
    : root_(std::move(root)), rules_(std::move(rules)), stats_(std::move(stats))
{}

ACRX_DECL ignore_verdict context_files::verdict_on(std::string_view path) const
{
    ignore_verdict verdict;
    for (std::size_t at = 0; at < path.size();) {
        auto const slash = std::min(path.find('/', at), path.size());
        verdict = rules_.match(path.substr(0, slash), verdict);
        at = slash + 1;
    }
    return verdict;
}

ACRX_DECL std::optional<source_file> context_files::find(std::string_view path) const
{
    auto const opened = root_.open_if_there(std::string(path), O_PATH, links::in_root);
    if (!opened)
        return std::nullopt;
    // The kernel followed the links; the name of what it found tells where they led.
    auto const real = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(opened->get())).string();
    auto const root = root_.root().string();
    auto const relative = real.size() > root.size() ? real.substr(root == "/" ? 1 : root.size() + 1) : std::string();
    if (!relative.empty()) {
        auto const verdict = verdict_on(relative);
        struct stat status{};
        bool const folder = ::fstat(opened->get(), &status) == 0 && S_ISDIR(status.st_mode);
        if (verdict.excluded && !(folder && rules_.may_include_below(relative, verdict)))
            return std::nullopt;
    }
    struct stat status{};
    if (::fstat(opened->get(), &status) != 0)
        throw_errno("reading \"" + real + "\"");
    return detail::describe_file(relative, real, status, stats_.get());
}

/// A file that was met, before it is known whether all of them stay.
struct context_files::listed
{
    source_file file;
    ignore_verdict verdict;
    bool to_enter = false;           ///< a folder whose content has not been listed
    std::vector<listed> inside = {}; ///< of a folder: all below it, once it was entered
};

ACRX_DECL std::vector<context_files::listed> context_files::list(std::string const& folder,
                                                                 ignore_verdict verdict) const
{
    auto const base = root_.root().string() + (folder.empty() ? "" : "/") + folder;
    unique_fd const opened(::open(base.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened)
        throw_errno("reading the folder \"" + base + "\"");
    std::vector<listed> files;
    for (auto const& name : detail::names_in(opened.get(), base)) {
        auto path = folder.empty() ? name : folder + "/" + name;
        auto const own = rules_.match(path, verdict);
        struct stat status{};
        if (::fstatat(opened.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT)
                continue;
            throw_errno("reading \"" + base + "/" + name + "\"");
        }
        bool const is_folder = S_ISDIR(status.st_mode);
        if (own.excluded && !(is_folder && rules_.may_include_below(path, own)))
            continue;
        if (auto found = detail::describe_file(path, base + "/" + name, status, stats_.get()))
            files.push_back({std::move(*found), own, is_folder});
    }
    return files;
}

ACRX_DECL void context_files::list_deep(std::vector<listed>& files, std::string const& folder,
                                        ignore_verdict verdict) const
{
    for (auto& met : list(folder, verdict)) {
        bool const enter = std::exchange(met.to_enter, false);
        auto const path = met.file.item.entry.path;
        auto const own = met.verdict;
        files.push_back(std::move(met));
        if (enter)
            list_deep(files, path, own);
    }
}

/// Lists the folders that were not entered yet, on all processors.
ACRX_DECL std::vector<context_files::listed> context_files::expand(std::vector<listed> files) const
{
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex guard;
    auto const work = [&] {
        try {
            for (std::size_t i; (i = next++) < files.size();)
                if (std::exchange(files[i].to_enter, false))
                    list_deep(files[i].inside, files[i].file.item.entry.path, files[i].verdict);
        } catch (...) {
            std::lock_guard const lock(guard);
            failure = std::current_exception();
            next = files.size();
        }
    };
    {
        std::vector<std::jthread> team;
        auto const folders = static_cast<std::size_t>(
            std::count_if(files.begin(), files.end(), [](listed const& f) { return f.to_enter; }));
        for (std::size_t i = 1; i < std::min<std::size_t>(std::thread::hardware_concurrency(), folders / 4 + 1); ++i)
            team.emplace_back(work);
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
    std::vector<listed> all;
    for (auto& file : files) {
        auto inside = std::move(file.inside);
        all.push_back(std::move(file));
        all.insert(all.end(), std::make_move_iterator(inside.begin()), std::make_move_iterator(inside.end()));
    }
    return all;
}

namespace detail {
/// Drops excluded folders that nothing was brought back in: they count only as parents. Files are in path order.
template<class Listed>
std::vector<source_file> without_empty_parents(std::vector<Listed> files)
{
    std::vector<source_file> kept;
    kept.reserve(files.size());
    for (auto at = files.rbegin(); at != files.rend(); ++at) {
        auto const& path = at->file.item.entry.path;
        bool const holds_last = !kept.empty() && kept.back().item.entry.path.size() > path.size()
                                && kept.back().item.entry.path.starts_with(path)
                                && kept.back().item.entry.path[path.size()] == '/';
        if (!at->verdict.excluded || holds_last)
            kept.push_back(std::move(at->file));
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
}
}  // namespace detail

ACRX_DECL std::vector<source_file> context_files::children(std::string_view path) const
{
    auto files = list(std::string(path), verdict_on(path));
    for (auto& file : files) {
        // Whether an excluded folder counts depends on what is brought back in it.
        if (std::exchange(file.to_enter, false) && file.verdict.excluded) {
            list_deep(file.inside, file.file.item.entry.path, file.verdict);
            file.verdict.excluded = detail::without_empty_parents(std::exchange(file.inside, {})).empty();
        }
    }
    return detail::without_empty_parents(std::move(files));
}

ACRX_DECL std::vector<source_file> context_files::below(std::string_view path) const
{
    auto files = list(std::string(path), verdict_on(path));
    return detail::without_empty_parents(expand(std::move(files)));
}

ACRX_DECL void context_files::hash(std::span<source_file*> files, std::stop_token stop) const
{
    struct job
    {
        source_file* file;
        file_stamp stamp;
    };
    std::vector<job> jobs;
    for (auto* file : files) {
        if (file->item.entry.type != entry_type::regular || file->item.entry.content)
            continue;
        file_stamp stamp;
        std::memcpy(&stamp, file->stamp.data(), sizeof stamp);
        jobs.push_back({file, stamp});
    }
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex guard;
    auto const work = [&] {
        std::vector<std::byte> buffer(std::size_t{1} << 18);
        try {
            for (std::size_t i; !stop.stop_requested() && (i = next++) < jobs.size();) {
                auto& [file, stamp] = jobs[i];
                auto const content = detail::hash_file(file->item.file, buffer);
                file->item.entry.content = content;
                if (stats_)
                    stats_->add(file->item.file, stamp, {content, !file->item.entry.xattrs.empty()});
            }
        } catch (...) {
            std::lock_guard const lock(guard);
            failure = std::current_exception();
            next = jobs.size();
        }
    };
    {
        std::vector<std::jthread> team;
        auto const helpers = std::min<std::size_t>(std::thread::hardware_concurrency(), jobs.size() / 8 + 1);
        for (std::size_t i = 1; i < helpers; ++i)
            team.emplace_back(work);
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
    if (stop.stop_requested())
        throw error(errc::canceled, "reading the context");
}

ACRX_DECL ignore_rules find_ignore_rules(std::filesystem::path const& root, std::filesystem::path const& dockerfile)
{
    constexpr std::uint64_t limit = std::uint64_t{1} << 20;
    std::vector<std::string> patterns{".git", ".gitignore", ".bzr", "bzrignore", ".hg", ".hgignore", ".svn"};
    std::vector<std::filesystem::path> places;
    if (!dockerfile.empty()) {
        places.push_back(dockerfile.string() + ".dockerignore");
        if (dockerfile.filename() != "Dockerfile")
            places.push_back(root / (dockerfile.filename().string() + ".dockerignore"));
    }
    places.push_back(root / ".dockerignore");
    for (auto const& place : places) {
        if (std::error_code unknown; std::filesystem::is_directory(place, unknown))
            throw error(errc::invalid_argument, "reading \"" + place.string() + "\": it is a folder",
                        "Ignore rules are lines of a file; remove the folder, or give it another name.");
        auto const text = read_file_if_exists(place, limit);
        if (!text)
            continue;
        try {
            for (auto& pattern : clean_ignore_lines(*text))
                patterns.push_back(std::move(pattern));
            return ignore_rules(std::move(patterns));
        } catch (error const& e) {
            throw error(e.code(), "reading \"" + place.string() + "\": " + e.text(), e.advice());
        }
    }
    return ignore_rules(std::move(patterns));
}
}  // namespace acrx
#endif
