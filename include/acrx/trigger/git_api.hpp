// The API of git hosts, as far as a runner needs it: webhooks of a repository, statuses of commits.
#ifndef ACRX_TRIGGER_GIT_API_HPP
#define ACRX_TRIGGER_GIT_API_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/http/url.hpp>
#include <acrx/trigger/webhook.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx {
/// Where the API of a host is, and what a repository is called there.
struct git_api_place
{
    git_host host = git_host::github;   ///< not `automatic`
    bool is_data_center = false;        ///< Bitbucket on machines of one's own
    url base = {};                      ///< its target is what all paths begin with, without a slash at the end
    std::vector<std::string> path = {};  ///< `acme`, `app`; Azure DevOps: project and repository

    /// The names with slashes between them, for people.
    ACRX_DECL std::string name() const;
};

/// Finds the API of a repository that is cloned from a URL, over HTTP or SSH.
///
/// @param host  `automatic`: told by the name of the machine
/// @throws error (`errc::not_supported`) if it does not tell, (`errc::invalid_argument`) for a URL that names no
///         repository of the host, or would have tokens sent without TLS to another machine
ACRX_DECL git_api_place find_git_api(git_host host, std::string_view repository_url);

/// A webhook as it should be.
struct webhook_wish
{
    std::string url;     ///< where deliveries go; it is what the webhook is found again by
    std::string secret;  ///< what they are signed with; Azure DevOps: `USER:PASSWORD`, or the password alone
    bool commits = true;
    bool tags = false;
    bool pull_requests = false;
};

/// What a host shows beside a commit.
enum class commit_state
{
    pending,
    success,
    failure,
};

/// The status of a commit. A host keeps the last one for each context.
struct commit_status
{
    std::string commit;
    commit_state state = commit_state::pending;
    std::string context;      ///< who says so: the name of the task
    std::string description;  ///< cut where hosts would refuse it
    std::string target_url;   ///< where people read more; empty for nowhere
};

/// One repository at its host, with somebody's token.
///
/// What fails for now is tried again. Errors name the repository and the host, never the token.
class git_api
{
public:
    /// @param token  a personal access token; Bitbucket: also `USER:APP_PASSWORD`
    git_api(git_api_place place, std::string token, retry_policy retry = {}, http_client client = http_client())
        : place_(std::move(place)), token_(std::move(token)), retry_(retry), client_(std::move(client))
    {}

    /// Makes a webhook, or brings the one of this URL up to date; may be repeated.
    ACRX_DECL net::awaitable<void> register_webhook(webhook_wish wish);
    /// Removes the webhooks of a URL; there may be none.
    ACRX_DECL net::awaitable<void> remove_webhook(std::string hook_url);
    ACRX_DECL net::awaitable<void> report(commit_status status);

private:
    struct known;
    net::awaitable<void> try_register(webhook_wish const& wish);
    net::awaitable<std::vector<known>> find_webhooks(std::string hook_url);
    net::awaitable<void> learn_ids();

    git_api_place place_;
    std::string token_;
    retry_policy retry_;
    http_client client_;
    std::string project_id_ = {};     ///< Azure DevOps calls both by numbers
    std::string repository_id_ = {};
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/git_api.ipp>
#include <acrx/trigger/impl/git_api_place.ipp>
#endif
#endif
