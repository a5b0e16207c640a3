// The logins of a run at registries, found out before it begins.
#ifndef ACRX_RUNNER_CLI_DETAIL_RUN_LOGINS_HPP
#define ACRX_RUNNER_CLI_DETAIL_RUN_LOGINS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/assigned_tokens.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/identity/machine_secrets.hpp>
#include <acrx/run/task_identity.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <string>

namespace acrx::cli::detail {
/// Credentials by `host[:port]`.
using login_table = std::map<std::string, credential>;

/// The identities that were assigned to a task.
ACRX_DECL assigned_identities identities_of(task_identity const& identity);

/// What finds logins of identities and of vaults.
struct login_sources
{
    machine_secrets secrets;
    assigned_tokens<machine_tokens> tokens;
    http_client client;
};

/// Logs in wherever the credentials say: at other registries, and, with an identity, at the home registry.
/// @param home  host of the home registry; empty if there is none
/// @throws error  naming the registry and the identity
ACRX_DECL net::awaitable<login_table> find_logins(task_credentials credentials, std::string home, login_sources sources);

/// A file in the form of Docker's configuration.
/// @param others  such a file, whose other members and logins are kept; nothing is kept of another text
ACRX_DECL std::string to_docker_config(login_table const& logins, std::string const& others = {});

/// Whether some of the logins come from identities or vaults, and so may expire.
ACRX_DECL bool may_expire(task_credentials const& credentials);
/// How long to wait before logging in anew: half of what the token that expires first has left by its `exp` claim, between
/// a second and half an hour.
ACRX_DECL std::chrono::milliseconds next_login(login_table const& logins, time_point now);

/// Logs in anew before tokens expire. Ends only by being cancelled; a login that fails leaves the one before, and is
/// tried again.
/// @param use      given the new logins
/// @param trouble  told what failed; without secrets
ACRX_DECL net::awaitable<void> keep_logged_in(task_credentials credentials, std::string home, login_sources sources,
                                              login_table logins, std::function<void(login_table const&)> use,
                                              std::function<void(std::string const&)> trouble);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/run_logins.ipp>
#endif
#endif
