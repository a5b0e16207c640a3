// The token source of an application that has a secret.
#ifndef ACRX_IDENTITY_SERVICE_PRINCIPAL_HPP
#define ACRX_IDENTITY_SERVICE_PRINCIPAL_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>

namespace acrx {
/// Where an application is known.
struct directory_entry
{
    std::string tenant_id;
    std::string client_id;
    std::string authority = "https://login.microsoftonline.com/";  ///< https, or http on loopback
};

/// Shows a client id and a secret (OAuth 2.0, client credentials).
class service_principal
{
public:
    explicit service_principal(directory_entry entry, std::string secret, retry_policy retry = {},
                               http_client client = http_client())
        : entry_(std::move(entry)), secret_(std::move(secret)), retry_(retry), client_(std::move(client))
    {}

    /// @throws error (`errc::unauthorized`) for an identity that is not this application, too
    ACRX_DECL net::awaitable<access_token> get(token_request request);

private:
    directory_entry entry_;
    std::string secret_;
    retry_policy retry_;
    http_client client_;
};
static_assert(token_source<service_principal>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/service_principal.ipp>
#endif
#endif
