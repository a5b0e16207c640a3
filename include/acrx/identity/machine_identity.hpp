// The token source for whatever identity this machine has.
#ifndef ACRX_IDENTITY_MACHINE_IDENTITY_HPP
#define ACRX_IDENTITY_MACHINE_IDENTITY_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/identity_settings.hpp>
#include <acrx/identity/managed_identity.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

namespace acrx {
/// Chooses for each request, as the settings say: the service principal if there is a secret and it is the identity
/// that is named, else the workload identity if the platform gives a token, else the managed identity.
class machine_identity
{
public:
    ACRX_DECL explicit machine_identity(identity_settings settings = identity_settings::from_environment(),
                                        retry_policy retry = {}, http_client client = http_client());

    /// Without an identity in the request, it is `AZURE_CLIENT_ID`'s, else that of the system.
    ACRX_DECL net::awaitable<access_token> get(token_request request);

private:
    identity_settings settings_;
    retry_policy retry_;
    http_client client_;
    managed_identity managed_;
};
static_assert(token_source<machine_identity>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/machine_identity.ipp>
#endif
#endif
