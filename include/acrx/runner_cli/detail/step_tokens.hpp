// The token source of the steps of a run: the identities of the task, each by all its names.
#ifndef ACRX_RUNNER_CLI_DETAIL_STEP_TOKENS_HPP
#define ACRX_RUNNER_CLI_DETAIL_STEP_TOKENS_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/assigned_tokens.hpp>
#include <acrx/identity/machine_secrets.hpp>
#include <acrx/identity/token_source.hpp>
#include <acrx/run/task_identity.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace acrx::cli::detail {
/// Gives tokens of what was assigned, and of nothing that merely might be: an identity whose client id nobody has
/// written down is known by that only if its token says so.
class step_tokens
{
public:
    /// @param tokens  of what is assigned to the task
    ACRX_DECL step_tokens(task_identity const& identity, assigned_tokens<machine_tokens> tokens);

    ACRX_DECL net::awaitable<access_token> get(token_request request);

private:
    assigned_identities known_;
    std::vector<std::string> unnamed_;  ///< resource ids
    assigned_tokens<machine_tokens> tokens_;
};
static_assert(token_source<step_tokens>);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/step_tokens.ipp>
#endif
#endif
