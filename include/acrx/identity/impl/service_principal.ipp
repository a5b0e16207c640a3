// Bodies of identity/service_principal.hpp.
#ifndef ACRX_IDENTITY_IMPL_SERVICE_PRINCIPAL_IPP
#define ACRX_IDENTITY_IMPL_SERVICE_PRINCIPAL_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/identity/detail/token_answer.hpp>
#include <acrx/identity/detail/token_grant.hpp>
#include <acrx/identity/service_principal.hpp>

#include <utility>

namespace acrx {
ACRX_DECL net::awaitable<access_token> service_principal::get(token_request request)
{
    if (!request.identity.empty() && ascii_lower(request.identity) != ascii_lower(entry_.client_id))
        throw error(errc::unauthorized, "getting a token for " + request.resource + " as " + detail::describe_identity(request.identity)
                                            + ": the service principal of this machine is " + entry_.client_id,
                    "AZURE_CLIENT_ID and AZURE_CLIENT_SECRET must be those of the identity that is named.");
    detail::token_grant grant;
    grant.entry = entry_;
    grant.resource = std::move(request.resource);
    grant.proof = detail::web_form({{"client_secret", secret_}});
    grant.kind = "the service principal";
    grant.advice = "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; the secret may have expired.";
    auto token = co_await detail::request_token(client_, std::move(grant), retry_);
    co_return token;
}
}  // namespace acrx
#endif
