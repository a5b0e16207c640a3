// Bodies of identity/workload_identity.hpp.
#ifndef ACRX_IDENTITY_IMPL_WORKLOAD_IDENTITY_IPP
#define ACRX_IDENTITY_IMPL_WORKLOAD_IDENTITY_IPP
#include <acrx/core/error.hpp>
#include <acrx/identity/detail/token_answer.hpp>
#include <acrx/identity/detail/token_grant.hpp>
#include <acrx/identity/workload_identity.hpp>
#include <acrx/io/files.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace acrx {
ACRX_DECL net::awaitable<access_token> workload_identity::get(token_request request)
{
    constexpr std::uint64_t max_size = 1 << 20;
    auto assertion = read_file_if_exists(token_file_, max_size);
    while (assertion && !assertion->empty() && (assertion->back() == '\n' || assertion->back() == '\r'))
        assertion->pop_back();
    if (!assertion || assertion->empty())
        throw error(errc::not_found, "reading the token of the platform from " + token_file_.string(),
                    "AZURE_FEDERATED_TOKEN_FILE names a file that the platform writes; it is missing or empty.");
    detail::token_grant grant;
    grant.entry = entry_;
    if (!request.identity.empty())
        grant.entry.client_id = std::move(request.identity);
    grant.resource = std::move(request.resource);
    grant.proof = detail::web_form({{"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                                   {"client_assertion", *assertion}});
    grant.kind = "the workload identity";
    grant.advice = "Check AZURE_TENANT_ID and AZURE_CLIENT_ID, and that the application has a federated credential for "
                   "the issuer and the subject of the token in AZURE_FEDERATED_TOKEN_FILE.";
    auto token = co_await detail::request_token(client_, std::move(grant), retry_);
    co_return token;
}
}  // namespace acrx
#endif
