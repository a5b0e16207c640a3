// Bodies of runner_cli/detail/step_tokens.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_STEP_TOKENS_IPP
#define ACRX_RUNNER_CLI_IMPL_STEP_TOKENS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/identity/web_token.hpp>
#include <acrx/runner_cli/detail/run_logins.hpp>
#include <acrx/runner_cli/detail/step_tokens.hpp>

#include <utility>

namespace acrx::cli::detail {
ACRX_DECL step_tokens::step_tokens(task_identity const& identity, assigned_tokens<machine_tokens> tokens)
    : known_(identities_of(identity)), tokens_(std::move(tokens))
{
    known_.has_unknown = false;
    for (auto const& user : identity.users)
        if (user.client_id.empty())
            unnamed_.push_back(user.resource_id);
}

ACRX_DECL net::awaitable<access_token> step_tokens::get(token_request request)
{
    if (!request.identity.empty() && !known_.holds(request.identity))
        for (auto const& resource_id : unnamed_) {
            token_request by_resource{request.resource, resource_id};
            auto token = co_await tokens_.get(std::move(by_resource));
            if (ascii_lower(read_web_token(token.value).client_id) == ascii_lower(request.identity))
                co_return token;
        }
    check_assigned(known_, request);
    auto token = co_await tokens_.get(std::move(request));
    co_return token;
}
}  // namespace acrx::cli::detail
#endif
