// Asks a directory for a token on the strength of a proof.
#ifndef ACRX_IDENTITY_DETAIL_TOKEN_GRANT_HPP
#define ACRX_IDENTITY_DETAIL_TOKEN_GRANT_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/service_principal.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>

namespace acrx::detail {
/// One request for a token by client credentials.
struct token_grant
{
    directory_entry entry;
    std::string resource;
    std::string proof;   ///< the fields of the form that prove who asks; a secret
    std::string kind;    ///< for error texts: `the service principal`
    std::string advice;  ///< for a refusal
};

/// @throws error  as `token_source` says
ACRX_DECL net::awaitable<access_token> request_token(http_client client, token_grant grant, retry_policy retry);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/token_grant.ipp>
#endif
#endif
