// Bodies of runner_cli/detail/run_metadata.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_RUN_METADATA_IPP
#define ACRX_RUNNER_CLI_IMPL_RUN_METADATA_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/secret_text.hpp>
#include <acrx/identity/token_endpoint.hpp>
#include <acrx/runner_cli/detail/run_metadata.hpp>
#include <acrx/runner_cli/detail/step_tokens.hpp>

#include <string>
#include <utility>

namespace acrx::cli::detail {
ACRX_DECL metadata_service metadata_of_run(task_identity const& identity, assigned_tokens<machine_tokens> tokens,
                                           container_executor_kind executor, run_output output)
{
    metadata_service service;
    token_endpoint_options options;
    // At an engine, others than the steps of the run reach it.
    options.is_metadata_service = executor != container_executor_kind::docker;
    if (identity.has_system_identity || !identity.users.empty()) {
        service.path = identity_endpoint_path;
        service.key = options.key = make_secret();
        output.hide(service.key);
    }
    if (identity.has_system_identity && !identity.principal_id.empty())
        options.objects.emplace(ascii_lower(identity.principal_id), "");
    for (auto const& user : identity.users)
        if (!user.principal_id.empty())
            options.objects.emplace(ascii_lower(user.principal_id), user.client_id.empty() ? user.resource_id : user.client_id);
    options.issued = [output](std::string const& token) mutable { output.hide(token); };
    options.failed = [output](std::string const& why) mutable { output.write("warning: a step asked for a token: " + why + "\n"); };
    service.answer = token_endpoint(step_tokens(identity, std::move(tokens)), std::move(options));
    return service;
}
}  // namespace acrx::cli::detail
#endif
