// Bodies of context/detail/git_mirror.hpp.
#ifndef ACRX_CONTEXT_IMPL_GIT_MIRROR_IPP
#define ACRX_CONTEXT_IMPL_GIT_MIRROR_IPP
#include <acrx/context/detail/filled_folder.hpp>
#include <acrx/context/detail/git_failure.hpp>
#include <acrx/context/detail/git_mirror.hpp>
#include <acrx/context/detail/location_words.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <system_error>
#include <utility>

namespace acrx::detail {
ACRX_DECL bool is_commit_prefix(std::string_view text) noexcept
{
    return text.size() >= 4 && text.size() <= 64
           && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

ACRX_DECL bool is_commit_id(std::string_view text) noexcept
{
    return is_commit_prefix(text) && (text.size() == 40 || text.size() == 64);
}

ACRX_DECL bool is_ref_name(std::string_view text) noexcept
{
    if (text.empty() || text.front() == '-' || text.front() == '/' || text.front() == '+' || text.back() == '/'
        || text.back() == '.' || text == "@")
        return false;
    for (std::string_view word : {"..", "//", "@{", "/.", ".lock/"})
        if (text.find(word) != std::string_view::npos)
            return false;
    return !text.starts_with('.') && !text.ends_with(".lock") && std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f
               || std::string_view("~^:?*[\\").find(c) != std::string_view::npos;
    });
}

inline void remove_files(std::filesystem::path const& folder, bool deep, std::string_view prefix, std::string_view suffix)
{
    std::vector<std::filesystem::path> left;
    auto const look = [&](std::filesystem::directory_entry const& entry) {
        auto const name = entry.path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(suffix) && !entry.is_directory())
            left.push_back(entry.path());
    };
    std::error_code missing;
    if (deep)
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder, missing))
            look(entry);
    else
        for (auto const& entry : std::filesystem::directory_iterator(folder, missing))
            look(entry);
    for (auto const& file : left)
        std::filesystem::remove(file);
}

ACRX_DECL net::awaitable<void> git_mirror::open()
{
    if (std::filesystem::exists(folder_)) {
        remove_files(folder_, false, "", ".lock");
        remove_files(folder_ / "refs", true, "", ".lock");
        remove_files(folder_ / "objects/pack", false, "tmp_", "");
        co_return;
    }
    std::filesystem::create_directories(folder_.parent_path());
    auto const fresh = temporary_name(folder_.parent_path(), "new");
    std::vector<std::string> args{"init", "--quiet", "--bare", "--template=", fresh.string()};
    auto const parent = folder_.parent_path();
    co_await git_.run(std::move(args), parent);
    std::filesystem::permissions(fresh, std::filesystem::perms::owner_all);
    std::filesystem::rename(fresh, folder_);
}

ACRX_DECL std::string git_mirror::place_of(std::string_view wanted) const
{
    return "refs/acrx/" + std::string(digest_of(wanted).encoded().substr(0, 32));
}

ACRX_DECL net::awaitable<child_result> git_mirror::try_fetch(std::string wanted, bool shallow) const
{
    constexpr int tries = 3;
    std::chrono::milliseconds pause{250};
    for (int attempt = 1;; ++attempt, pause *= 2) {
        std::vector<std::string> args{"--git-dir=" + folder_.string(), "fetch", "--quiet", "--no-tags", "--update-shallow"};
        if (shallow)
            args.emplace_back("--depth=1");
        args.emplace_back(where_.remote);
        args.push_back("+" + wanted + ":" + place_of(wanted));
        auto result = co_await git_.try_run(std::move(args), folder_, files_of(where_));
        bool const again = result.code != 0 && attempt < tries
                           && classify_git_failure(result.err) == git_failure::server_trouble;
        if (!again)
            co_return result;
        net::steady_timer timer(co_await net::this_coro::executor, pause);
        co_await timer.async_wait(net::use_awaitable);
    }
}

ACRX_DECL std::string git_mirror::fetched_branch() const
{
    auto const line = read_file(folder_ / "FETCH_HEAD", std::uint64_t{1} << 20);
    auto const start = line.find("\tbranch '");
    if (start == std::string::npos)
        return "HEAD";
    auto const name = start + 9;
    return line.substr(name, line.find('\'', name) - name);
}

inline std::optional<git_failure> failure_of(child_result const& result)
{
    if (result.code == 0)
        return std::nullopt;
    return classify_git_failure(result.err);
}

ACRX_DECL net::awaitable<std::string> complete_commit_id(git_command const& git, git_location const& where,
                                                         std::string beginning, std::filesystem::path scratch)
{
    passing_folder const folder(temporary_name(scratch, "lookup"));
    auto const& path = folder.path();
    std::vector<std::string> init{"init", "--quiet", "--bare", "--template=", "."};
    co_await git.run(std::move(init), path);
    std::vector<std::string> fetch{"fetch", "--quiet", "--filter=tree:0", where.remote, "+refs/*:refs/found/*"};
    co_await git.run(std::move(fetch), path, files_of(where));
    std::vector<std::string> parse{"rev-parse", "--verify", "--quiet", beginning + "^{commit}"};
    auto result = co_await git.try_run(std::move(parse), path);
    if (result.code != 0)
        throw git_error("couldn't find remote ref", git.doing(), beginning);
    co_return result.out.substr(0, result.out.find('\n'));
}

ACRX_DECL net::awaitable<fetched_commit> git_mirror::fetch()
{
    auto const& ref = where_.fetch_by_commit ? where_.commit : where_.ref;
    if (!ref.empty() && !is_ref_name(ref))
        throw error(errc::not_found, git_.doing() + ": \"" + ref.substr(0, 200) + "\" is no name of a branch, tag or commit");
    auto wanted = ref.empty() ? std::string("HEAD") : ref;
    auto result = co_await try_fetch(wanted, true);
    auto failure = failure_of(result);
    if (failure == git_failure::no_such_ref && is_commit_prefix(wanted) && !is_commit_id(wanted)) {
        wanted = co_await complete_commit_id(git_, where_, wanted, folder_.parent_path());
        result = co_await try_fetch(wanted, true);
        failure = failure_of(result);
    }
    if (failure == git_failure::no_shallow) {
        result = co_await try_fetch(wanted, false);
        failure = failure_of(result);
    }
    fetched_commit found;
    if (failure == git_failure::no_commit_by_id) {
        found = co_await fetch_history(wanted);
    } else if (failure) {
        throw git_error(result.err, git_.doing(), ref);
    } else {
        std::vector<std::string> args{"--git-dir=" + folder_.string(), "rev-parse", "--verify", place_of(wanted) + "^{commit}"};
        found.id = co_await git_.run(std::move(args), folder_);
        found.branch = fetched_branch();
    }
    if (!found.id.starts_with(ascii_lower(where_.commit)))
        throw error(errc::digest_mismatch, git_.doing() + ": expected the commit " + where_.commit + ", got " + found.id);
    co_return found;
}

ACRX_DECL net::awaitable<fetched_commit> git_mirror::fetch_history(std::string wanted)
{
    std::vector<std::string> args{"--git-dir=" + folder_.string(), "fetch", "--quiet", "--update-shallow"};
    if (std::filesystem::exists(folder_ / "shallow"))
        args.emplace_back("--unshallow");
    args.insert(args.end(), {where_.remote, "+refs/heads/*:refs/acrx/heads/*", "+refs/tags/*:refs/acrx/tags/*"});
    co_await git_.run(std::move(args), folder_, files_of(where_));
    std::vector<std::string> parse{"--git-dir=" + folder_.string(), "rev-parse", "--verify", "--quiet", wanted + "^{commit}"};
    auto result = co_await git_.try_run(std::move(parse), folder_);
    if (result.code != 0)
        throw git_error("not our ref", git_.doing(), wanted);
    fetched_commit found{result.out.substr(0, result.out.find('\n')), "HEAD"};
    std::vector<std::string> keep{"--git-dir=" + folder_.string(), "update-ref", place_of(wanted), found.id};
    co_await git_.run(std::move(keep), folder_);
    co_return found;
}
}  // namespace acrx::detail
#endif
