// Deliveries of git hosts, read: pushes, pull requests and pings of five kinds of host.
#ifndef ACRX_TRIGGER_WEBHOOK_HPP
#define ACRX_TRIGGER_WEBHOOK_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/message.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// The kind of host that sends a delivery.
enum class git_host
{
    automatic,  ///< tell by the headers and the body
    github,
    gitlab,
    gitea,  ///< and Forgejo
    bitbucket,  ///< Cloud and Data Center
    azure_devops,
};

/// `GitHub`, `GitLab`, `Gitea`, `Bitbucket`, `Azure DevOps`; `any host` for `automatic`.
ACRX_DECL std::string_view to_string(git_host host);

/// Larger bodies are refused, bytes: no host sends them.
inline constexpr std::size_t largest_webhook = std::size_t{25} << 20;

/// One delivery.
struct webhook
{
    git_host host = git_host::automatic;
    std::string event;        ///< as the host names it: `push`, `Merge Request Hook`, `git.push`
    std::string delivery_id;  ///< the same again when the host repeats itself; empty if it gives none
    bool is_ping = false;     ///< a test of the connection: answer 200
    /// What happened, one for each ref; empty for pings, deletions and events that start no runs.
    std::vector<trigger_event> events;
    std::vector<std::string> ignored;  ///< for each part that starts no run, why
};

/// Reads a delivery whose proof was checked (`check_webhook`) over the same bytes.
///
/// Events and actions that acrx does not know are no errors: they come back in `ignored`. So do refs that were deleted.
/// Names of refs and commits are checked: they are fit for a command line of git.
///
/// @param body  JSON, or the form of GitHub with the JSON in `payload`; up to `largest_webhook`
/// @throws error (`errc::damaged`) for a body that is too large, no JSON, or lacks what its event must hold;
///         `errc::not_supported` if `automatic` finds no host
ACRX_DECL webhook parse_webhook(http_headers const& headers, std::string_view body,
                                git_host host = git_host::automatic);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/webhook.ipp>
#endif
#endif
