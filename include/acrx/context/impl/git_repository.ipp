// Bodies of context/git_repository.hpp.
#ifndef ACRX_CONTEXT_IMPL_GIT_REPOSITORY_IPP
#define ACRX_CONTEXT_IMPL_GIT_REPOSITORY_IPP
#include <acrx/context/detail/filled_folder.hpp>
#include <acrx/context/detail/git_checkout.hpp>
#include <acrx/context/detail/git_command.hpp>
#include <acrx/context/detail/git_failure.hpp>
#include <acrx/context/detail/git_mirror.hpp>
#include <acrx/context/detail/location_words.hpp>
#include <acrx/context/git_repository.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// What `git ls-remote` says, line by line: an id and the name of a ref.
inline std::optional<git_commit> find_ref(std::string_view listing, std::string const& ref)
{
    std::array<std::string, 4> const places{ref, "refs/" + ref, "refs/tags/" + ref, "refs/heads/" + ref};
    std::optional<git_commit> best;
    std::size_t best_place = 2 * places.size();
    while (!listing.empty()) {
        auto const line = listing.substr(0, listing.find('\n'));
        listing.remove_prefix(std::min(line.size() + 1, listing.size()));
        auto const tab = line.find('\t');
        if (tab == std::string_view::npos)
            continue;
        auto name = line.substr(tab + 1);
        bool const is_peeled = name.ends_with("^{}");  // the commit of an annotated tag
        name.remove_suffix(is_peeled ? 3 : 0);
        for (std::size_t i = 0; i < places.size(); ++i)
            if (auto const place = 2 * i + (is_peeled ? 0 : 1); name == places[i] && place < best_place) {
                best_place = place;
                best = git_commit{std::string(line.substr(0, tab)), std::string(name)};
            }
    }
    return best;
}

inline git_command command_for(git_location const& where, git_options const& options)
{
    git_command git(where, options.access_token);
    if (!options.authorization.empty() && is_web(ascii_lower(where.remote.substr(0, 8))))
        git.authorize(where.remote, options.authorization);
    return git;
}

inline std::optional<time_point> parse_seconds(std::string_view text)
{
    std::int64_t seconds = 0;
    auto const failed = std::from_chars(text.data(), text.data() + text.size(), seconds).ec;
    return failed == std::errc() ? std::optional(time_point(std::chrono::seconds(seconds))) : std::nullopt;
}

/// Waits for a lock without blocking a thread.
inline net::awaitable<file_lock> wait_for_lock(std::filesystem::path file)
{
    std::filesystem::create_directories(file.parent_path());
    net::steady_timer timer(co_await net::this_coro::executor);
    for (;;) {
        if (auto lock = file_lock::try_lock(file))
            co_return std::move(*lock);
        timer.expires_after(std::chrono::milliseconds(50));
        co_await timer.async_wait(net::use_awaitable);
    }
}
}  // namespace detail

ACRX_DECL net::awaitable<git_commit> git_repository::resolve()
{
    auto const git = detail::command_for(where_, options_);
    auto const& ref = where_.fetch_by_commit ? where_.commit : where_.ref;
    git_commit commit{ascii_lower(ref), {}};
    if (!detail::is_commit_id(ref)) {
        if (!ref.empty() && !detail::is_ref_name(ref))
            throw detail::git_error("couldn't find remote ref", git.doing(), ref);
        auto const name = ref.empty() ? std::string("HEAD") : ref;
        std::vector<std::string> args{"ls-remote", "--quiet", where_.remote, name, name + "^{}"};
        std::filesystem::path const nowhere = "/";
        auto const listing = co_await git.run(std::move(args), nowhere, detail::files_of(where_));
        if (auto const found = detail::find_ref(listing, name)) {
            commit = *found;
        } else {
            if (!detail::is_commit_prefix(ref))
                throw detail::git_error("couldn't find remote ref", git.doing(), ref);
            auto scratch = options_.mirrors.empty() ? std::filesystem::temp_directory_path() : options_.mirrors;
            commit.id = co_await detail::complete_commit_id(git, where_, ref, std::move(scratch));
        }
    }
    if (!commit.id.starts_with(ascii_lower(where_.commit)))
        throw error(errc::digest_mismatch,
                    git.doing() + ": expected the commit " + where_.commit + ", got " + commit.id);
    co_return commit;
}

ACRX_DECL net::awaitable<build_context> git_repository::fetch(std::filesystem::path const& into)
{
    detail::filled_folder folder(into);
    auto context = co_await fetch_into(folder.path());
    folder.keep();
    co_return context;
}

ACRX_DECL net::awaitable<build_context> git_repository::fetch_into(std::filesystem::path into)
{
    auto const git = detail::command_for(where_, options_);
    bool const keeps_mirror = !options_.mirrors.empty();
    auto const name = std::string(digest_of(where_.remote).encoded());
    auto const place = keeps_mirror ? std::filesystem::absolute(options_.mirrors) : into / "git";
    auto lock_file = place / (name + ".lock");
    auto const lock = co_await detail::wait_for_lock(std::move(lock_file));
    detail::git_mirror mirror(git, where_, place / name);
    auto const tree = into / "files";

    detail::checkout_request request{.mirror = mirror.folder(), .commit = {}, .remote = where_.remote,
                                     .submodules = where_.submodules.value_or(options_.submodules),
                                     .keep_git_folder = where_.keep_git_folder.value_or(options_.keep_git_folder),
                                     .commit_times = where_.commit_times, .warn = options_.warn};
    detail::fetched_commit commit;
    for (bool may_retry = keeps_mirror;; may_retry = false) {
        co_await mirror.open();
        try {
            commit = co_await mirror.fetch();
            request.commit = commit.id;
            co_await detail::check_out(git, request, tree);
            break;
        } catch (error const& e) {
            if (!may_retry || e.code() != errc::protocol)
                throw;
        }
        remove_tree(tree);  // git fails without a reason from outside: the mirror may be damaged
        remove_tree(mirror.folder());
    }
    std::vector<std::string> ask{"--git-dir=" + mirror.folder().string(), "log", "-1", "--format=%ct", commit.id};
    auto const seconds = co_await git.run(std::move(ask), tree);
    auto const modified = detail::parse_seconds(seconds);
    if (!keeps_mirror)
        remove_tree(place);
    auto root = detail::folder_in_tree(tree, where_.folder, git.doing());
    co_return build_context{.root = std::move(root), .revision = commit.id, .has_ignore_file = false,
                            .branch = commit.branch, .dockerfile = {}, .modified = modified, .is_fetched = true};
}
}  // namespace acrx
#endif
