// Bodies of identity/detail/token_grant.hpp.
#ifndef ACRX_IDENTITY_IMPL_TOKEN_GRANT_IPP
#define ACRX_IDENTITY_IMPL_TOKEN_GRANT_IPP
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/send_patiently.hpp>
#include <acrx/identity/detail/token_answer.hpp>
#include <acrx/identity/detail/token_grant.hpp>

#include <utility>

namespace acrx::detail {
inline url token_endpoint(directory_entry const& entry)
{
    auto authority = entry.authority;
    if (authority.find("://") == authority.npos)
        authority = "https://" + authority;
    while (authority.ends_with('/'))
        authority.pop_back();
    return parse_secure_url(authority + "/" + percent_encode(entry.tenant_id) + "/oauth2/v2.0/token",
                            "the authority of identities (AZURE_AUTHORITY_HOST)");
}

ACRX_DECL net::awaitable<access_token> request_token(http_client client, token_grant grant, retry_policy retry)
{
    auto const doing = "getting a token for " + grant.resource + " as " + grant.kind + " " + grant.entry.client_id
                       + " of the tenant " + grant.entry.tenant_id;
    if (grant.entry.tenant_id.empty() || grant.entry.client_id.empty())
        throw error(errc::invalid_argument, doing + ": the tenant or the client id is missing",
                    "Set AZURE_TENANT_ID and AZURE_CLIENT_ID.");
    auto const scope = grant.resource + (grant.resource.ends_with('/') ? ".default" : "/.default");
    auto form = web_form({{"grant_type", "client_credentials"}, {"client_id", grant.entry.client_id}, {"scope", scope}});
    auto request = form_request(token_endpoint(grant.entry), form + "&" + grant.proof);
    auto const answer = co_await send_patiently(std::move(client), std::move(request), retry);
    co_return read_token_answer(answer, system_clock().now(), doing, grant.advice);
}
}  // namespace acrx::detail
#endif
