// Bodies of context/detail/git_checkout.hpp.
#ifndef ACRX_CONTEXT_IMPL_GIT_CHECKOUT_IPP
#define ACRX_CONTEXT_IMPL_GIT_CHECKOUT_IPP
#include <acrx/context/detail/git_checkout.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx::detail {
inline net::awaitable<void> fetch_from_mirror(git_command const& git, checkout_request const& request, std::filesystem::path tree)
{
    std::vector<std::string> args{"fetch",           "--quiet", "--depth=1", "--no-tags", "--update-shallow",
                                  request.mirror.string(), request.commit};
    co_await git.run(std::move(args), tree, git_files::allowed);
}

/// The objects stay where they are.
inline void borrow_from_mirror(checkout_request const& request, std::filesystem::path const& tree)
{
    auto const git_folder = tree / ".git";
    std::filesystem::create_directories(git_folder / "objects/info");
    write_file(git_folder / "objects/info/alternates", (request.mirror / "objects").string() + "\n");
    if (auto const shallow = read_file_if_exists(request.mirror / "shallow"))
        write_file(git_folder / "shallow", *shallow);
}

/// `.git` files of submodules: no tracked file can have that name.
inline void remove_submodule_links(std::filesystem::path const& tree)
{
    std::vector<std::filesystem::path> links;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(tree))
        if (entry.path().filename() == ".git" && !entry.is_directory())
            links.push_back(entry.path());
    for (auto const& link : links)
        std::filesystem::remove(link);
}

inline net::awaitable<void> update_submodules(git_command const& git, std::filesystem::path tree)
{
    std::vector<std::string> args{"submodule", "--quiet", "update", "--init", "--recursive", "--depth=1", "--jobs=4"};
    co_await git.run(std::move(args), tree);
}

/// Replaces the pointers of git-lfs by the files they stand for.
inline net::awaitable<void> fetch_large_files(git_command git, checkout_request const& request, std::filesystem::path tree)
{
    std::vector<std::string> look{"grep", "--cached", "--quiet", "filter=lfs", "--", ":(glob)**/.gitattributes"};
    auto const found = co_await git.try_run(std::move(look), tree);
    if (found.code != 0)
        co_return;
    std::vector<std::string> ask{"lfs", "version"};
    auto const installed = co_await git.try_run(std::move(ask), tree);
    if (installed.code != 0) {
        if (request.warn)
            request.warn("git-lfs is not installed: large files stay pointers");
        co_return;
    }
    git.configure("filter.lfs.clean=git-lfs clean -- %f");
    git.configure("filter.lfs.smudge=git-lfs smudge -- %f");
    git.configure("filter.lfs.process=git-lfs filter-process");
    git.configure("filter.lfs.required=true");
    bool const is_file = request.remote.starts_with("file://");
    if (!request.keep_git_folder && !is_file)  // with a file, the other side would use it too
        git.configure("lfs.storage=" + (request.mirror / "lfs").string());
    std::vector<std::string> pull{"lfs", "pull"};
    co_await git.run(std::move(pull), tree, is_file ? git_files::allowed : git_files::refused);
}

inline void set_times(std::filesystem::path const& tree, std::int64_t seconds)
{
    ::timespec const times[2] = {{seconds, 0}, {seconds, 0}};
    for (auto const& entry : std::filesystem::recursive_directory_iterator(tree))
        ::utimensat(AT_FDCWD, entry.path().c_str(), times, AT_SYMLINK_NOFOLLOW);
    ::utimensat(AT_FDCWD, tree.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

inline net::awaitable<std::int64_t> time_of_commit(git_command const& git, std::filesystem::path tree)
{
    std::vector<std::string> args{"show", "--no-patch", "--format=%ct", "HEAD"};
    auto const text = co_await git.run(std::move(args), tree);
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    co_return seconds;
}

ACRX_DECL net::awaitable<void> check_out(git_command git, checkout_request request, std::filesystem::path tree)
{
    std::vector<std::string> init{"init", "--quiet", "--template=", tree.string()};
    auto const parent = tree.parent_path();
    co_await git.run(std::move(init), parent);
    if (request.keep_git_folder)
        co_await fetch_from_mirror(git, request, tree);
    else
        borrow_from_mirror(request, tree);
    std::vector<std::string> remote{"config", "remote.origin.url", request.remote};
    co_await git.run(std::move(remote), tree);
    std::vector<std::string> checkout{"checkout", "--quiet", "--force", "--detach", request.commit};
    co_await git.run(std::move(checkout), tree);

    bool const has_submodules = request.submodules && std::filesystem::is_regular_file(tree / ".gitmodules");
    if (has_submodules)
        co_await update_submodules(git, tree);
    co_await fetch_large_files(git, request, tree);
    std::int64_t seconds = -1;
    if (request.commit_times)
        seconds = co_await time_of_commit(git, tree);
    if (!request.keep_git_folder) {
        remove_tree(tree / ".git");
        if (has_submodules)
            remove_submodule_links(tree);
    }
    if (request.commit_times)
        set_times(tree, seconds);
}

ACRX_DECL std::filesystem::path folder_in_tree(std::filesystem::path const& tree, std::string_view folder,
                                               std::string const& doing)
{
    auto const inside = std::string(folder.substr(std::min(folder.find_first_not_of('/'), folder.size())));
    auto const outside = [&] {
        return error(errc::outside_root, doing + ": the folder \"" + inside.substr(0, 200) + "\" leaves the repository");
    };
    if (std::filesystem::path(inside).lexically_normal().string().starts_with(".."))
        throw outside();
    beneath const root(tree);
    std::optional<unique_fd> found;
    bool is_clamped = false;
    try {
        found = root.open_if_there(inside, O_PATH, links::beneath);
    } catch (error const& e) {
        if (e.code() != errc::outside_root)
            throw;
        is_clamped = true;  // a link that leads out: what it means with the repository for a root
    }
    if (is_clamped)
        found = root.open_if_there(inside, O_PATH, links::in_root);
    if (!found)
        throw error(errc::not_found, doing + ": it has no folder \"" + inside.substr(0, 200) + "\"");
    struct stat status{};
    if (::fstat(found->get(), &status) != 0)
        throw_errno(doing);
    if (!S_ISDIR(status.st_mode))
        throw error(errc::invalid_argument, doing + ": \"" + inside.substr(0, 200) + "\" is not a folder");
    auto const path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(found->get()));
    if (is_clamped && path == std::filesystem::canonical(tree))
        throw outside();
    return path;
}
}  // namespace acrx::detail
#endif
