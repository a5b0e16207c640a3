// The credential provider that trades a directory's token for one of an Azure container registry.
#ifndef ACRX_IDENTITY_ACR_TOKEN_EXCHANGE_HPP
#define ACRX_IDENTITY_ACR_TOKEN_EXCHANGE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>

namespace acrx {
/// The audience of the tokens that registries take.
inline constexpr char const* registry_audience = "https://containerregistry.azure.net";

/// Logs in by `/oauth2/exchange`: the registry's refresh token becomes the password of the user
/// `00000000-0000-0000-0000-000000000000`, which `/oauth2/token` and Docker understand.
/// @param host  a registry of Azure, or one on this machine: nobody else is shown a token
/// @throws error (`errc::unauthorized`, `errc::denied`) with the registry's words
ACRX_DECL net::awaitable<credential> exchange_token(http_client client, std::string host, access_token token,
                                                    retry_policy retry);
/// @throws error (`errc::invalid_argument`) for a host that `exchange_token` would refuse
ACRX_DECL void check_exchange_host(std::string const& host);

/// The credential of one identity for one registry; anonymous for all others.
///
/// @tparam Source  who the machine is
///
/// Each `find` asks the registry anew: its tokens live for hours, and callers keep what they need.
template<token_source Source>
class acr_token_exchange
{
public:
    /// @param host      `NAME.azurecr.io`
    /// @param identity  as in `token_request`
    explicit acr_token_exchange(Source source, std::string host, std::string identity = {}, retry_policy retry = {},
                                http_client client = http_client());

    net::awaitable<credential> find(std::string host);

private:
    Source source_;
    std::string host_;
    std::string identity_;
    retry_policy retry_;
    http_client client_;
};
}  // namespace acrx

#include <acrx/identity/impl/acr_token_exchange.hpp>
#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/acr_token_exchange.ipp>
#endif
#endif
