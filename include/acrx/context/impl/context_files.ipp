// Bodies of context/context_files.hpp.
#ifndef ACRX_CONTEXT_IMPL_CONTEXT_FILES_IPP
#define ACRX_CONTEXT_IMPL_CONTEXT_FILES_IPP
#include <acrx/context/context_files.hpp>
#include <acrx/context/detail/describe_file.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace acrx {
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

/// A file that was met.
struct context_files::listed
{
    source_file file;
    ignore_verdict verdict;           ///< a folder may be excluded and yet hold what is not
    std::vector<listed> inside = {};  ///< of a folder that was entered, in the order of names

    bool is_folder() const { return file.item.entry.type == entry_type::directory; }
};

ACRX_DECL std::vector<context_files::listed> context_files::list(std::string const& folder,
                                                                 ignore_verdict verdict) const
{
    auto const base = root_.root().string() + (folder.empty() ? "" : "/") + folder;
    unique_fd const opened(::open(base.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened)
        throw_errno("reading the folder \"" + base + "\"");
    auto const names = detail::names_in(opened.get(), base);
    std::vector<listed> files;
    files.reserve(names.size());
    for (auto const& name : names) {
        auto path = folder.empty() ? name : folder + "/" + name;
        auto const own = rules_.match(path, verdict);
        struct stat status{};
        if (::fstatat(opened.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT)
                continue;
            throw_errno("reading \"" + base + "/" + name + "\"");
        }
        if (own.excluded && !(S_ISDIR(status.st_mode) && rules_.may_include_below(path, own)))
            continue;
        if (auto found = detail::describe_file(std::move(path), base + "/" + name, status, stats_.get()))
            files.push_back({std::move(*found), own});
    }
    return files;
}

/// Lists all that is in the folders among `files`, on all processors.
ACRX_DECL void context_files::enter(std::span<listed> files) const
{
    std::vector<listed*> waiting;
    std::size_t busy = 0;
    std::exception_ptr failure;
    std::mutex guard;
    std::condition_variable change;
    auto const add_folders = [&](std::span<listed> from) {
        for (auto& file : from)
            if (file.is_folder())
                waiting.push_back(&file);
    };
    auto const work = [&] {
        std::unique_lock lock(guard);
        for (;;) {
            change.wait(lock, [&] { return !waiting.empty() || busy == 0; });
            if (waiting.empty())
                return;
            auto& folder = *waiting.back();
            waiting.pop_back();
            ++busy;
            lock.unlock();
            std::exception_ptr problem;
            try {
                folder.inside = list(folder.file.item.entry.path, folder.verdict);
            } catch (...) {
                problem = std::current_exception();
            }
            lock.lock();
            --busy;
            add_folders(folder.inside);
            if (problem) {
                failure = problem;
                waiting.clear();
            }
            change.notify_all();
        }
    };
    add_folders(files);
    if (waiting.empty())
        return;
    {
        constexpr unsigned most = 8;  // more only wait for the kernel
        std::vector<std::jthread> team;
        for (unsigned i = 1; i < std::min(most, std::thread::hardware_concurrency()); ++i)
            team.emplace_back(work);
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
}

ACRX_DECL std::size_t context_files::count(std::span<listed const> files)
{
    std::size_t sum = files.size();
    for (auto const& file : files)
        sum += count(file.inside);
    return sum;
}

/// Appends the files and what is in them in path order. Excluded folders that nothing was brought back in are dropped:
/// they count only as parents.
ACRX_DECL void context_files::flatten(std::span<listed> files, std::vector<source_file>& to)
{
    for (auto& file : files) {
        to.push_back(std::move(file.file));
        auto const size = to.size();
        flatten(file.inside, to);
        if (file.verdict.excluded && to.size() == size)
            to.pop_back();
    }
}

ACRX_DECL std::vector<source_file> context_files::children(std::string_view path) const
{
    auto files = list(std::string(path), verdict_on(path));
    std::vector<source_file> kept;
    for (auto& file : files) {
        // Whether an excluded folder counts depends on what is brought back in it.
        std::vector<source_file> brought_back;
        if (file.verdict.excluded) {
            enter(std::span(&file, 1));
            flatten(file.inside, brought_back);
        }
        if (!file.verdict.excluded || !brought_back.empty())
            kept.push_back(std::move(file.file));
    }
    return kept;
}

ACRX_DECL std::vector<source_file> context_files::below(std::string_view path) const
{
    auto files = list(std::string(path), verdict_on(path));
    enter(files);
    std::vector<source_file> all;
    all.reserve(count(files));
    flatten(files, all);
    return all;
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
