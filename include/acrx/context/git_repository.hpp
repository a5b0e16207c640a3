// The context source for a git repository: one commit of it, or a folder of that commit.
#ifndef ACRX_CONTEXT_GIT_REPOSITORY_HPP
#define ACRX_CONTEXT_GIT_REPOSITORY_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/config.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx {
/// How repositories are fetched.
struct git_options
{
    /// Holds a bare repository for each remote, so that the next fetch brings only what is new; empty keeps nothing.
    std::filesystem::path mirrors;
    std::string access_token;      ///< for an http remote whose URL has no password; a secret
    std::string authorization;     ///< the whole `Authorization` of requests to an http remote; a secret, may be empty
    bool submodules = true;        ///< unless the location says otherwise
    bool keep_git_folder = false;  ///< unless the location says otherwise; the repository then stands on its own
    std::function<void(std::string const&)> warn;  ///< told of what was left out; may be empty
};

/// A commit of a repository.
struct git_commit
{
    std::string id;   ///< in full
    std::string ref;  ///< the full name it was found under, e.g. `refs/tags/v1`; empty if it was asked for by its id
};

/// Fetches one commit by the git command, without its history, its submodules and, where git-lfs is installed, its
/// large files too.
///
/// Hooks, system configuration, prompts and local protocols are off; the user's own configuration counts, and with it
/// credential helpers and ssh settings. A token reaches git through the environment, only its own host through git,
/// and no text. Needs git 2.35 or later.
/// @par Thread safety
/// Distinct objects: safe, also in several processes on one folder of mirrors: they take turns for one remote.
class git_repository
{
public:
    static constexpr std::string_view scheme = "git";

    explicit git_repository(git_location where, git_options options = {})
        : where_(std::move(where)), options_(std::move(options))
    {}

    /// Asks the remote which commit the location names now; fetches no files.
    /// @throws error (`errc::not_found`, `unauthorized`, `unavailable`), (`errc::digest_mismatch`) if it is not the
    ///         commit that the location pins
    ACRX_DECL net::awaitable<git_commit> resolve();
    /// @return the folder below `into` that the location names, and the id of the commit
    /// @throws error (`errc::not_found`) for a repository, ref or folder that is not there, (`errc::outside_root`) for
    ///         a folder that leaves the repository, (`errc::unauthorized`), (`errc::unavailable`)
    ACRX_DECL net::awaitable<build_context> fetch(std::filesystem::path const& into);

private:
    ACRX_DECL net::awaitable<build_context> fetch_into(std::filesystem::path into);

    git_location where_;
    git_options options_;
};
static_assert(context_source<git_repository>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/git_repository.ipp>
#endif
#endif
