// The branches of a git repository that is elsewhere, and what tells them.
#ifndef ACRX_TRIGGER_GIT_REFS_HPP
#define ACRX_TRIGGER_GIT_REFS_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <concepts>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace acrx {
/// The branches of a repository at one moment.
struct git_refs
{
    std::string default_branch = {};                  ///< empty if the server does not tell
    std::map<std::string, std::string> branches = {};  ///< name without `refs/heads/`, and commit
};

/// A type that asks a repository for its branches.
///
/// | for `L lister`, `std::string url, token` | is                    | means                                      |
/// |------------------------------------------|-----------------------|--------------------------------------------|
/// | `lister.list(url, token)`                | an `awaitable<git_refs>` | its branches now; the token may be empty |
///
/// It stops soon when cancelled, throws `error` if the repository cannot be asked, and shows the token nowhere.
template<class L>
concept git_ref_lister = std::movable<L> && requires(L lister, std::string url, std::string token) {
    { lister.list(url, token) } -> awaits_to<git_refs>;
};

/// Asks by the git command, without prompts, hooks, and the configuration of this machine and user.
class git_ls_remote
{
public:
    /// @param protocols  that git may speak, separated by colons
    explicit git_ls_remote(std::chrono::milliseconds limit = std::chrono::seconds(60), std::string protocols = "https:http:ssh:git")
        : limit_(limit), protocols_(std::move(protocols))
    {}

    /// @param token  a password for an http URL; reaches git through its environment
    ACRX_DECL net::awaitable<git_refs> list(std::string url, std::string token);

private:
    std::chrono::milliseconds limit_;
    std::string protocols_;
};
static_assert(git_ref_lister<git_ls_remote>);

/// Reads what `git ls-remote --symref` prints. Lines that name no branch, and names and ids that git would not make,
/// do not count.
ACRX_DECL git_refs parse_ls_remote(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/git_refs.ipp>
#endif
#endif
