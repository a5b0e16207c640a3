// The token source of a machine of a cloud: its metadata service or its platform knows who it is.
#ifndef ACRX_IDENTITY_MANAGED_IDENTITY_HPP
#define ACRX_IDENTITY_MANAGED_IDENTITY_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/identity_settings.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>

namespace acrx {
/// Asks the endpoint that the settings name: App Service's (`IDENTITY_ENDPOINT` with `IDENTITY_HEADER`), its older form
/// (`MSI_ENDPOINT`, with `MSI_SECRET` or alone), else the metadata service of virtual machines.
///
/// The requests go through no proxy and follow no redirect, as they must not leave the machine's host.
class managed_identity
{
public:
    ACRX_DECL explicit managed_identity(identity_settings settings = identity_settings::from_environment(),
                                        retry_policy retry = {.base = std::chrono::milliseconds(800)});

    /// The identity of the request is a client id or a resource id; without one, it is that of the system.
    ACRX_DECL net::awaitable<access_token> get(token_request request);

private:
    identity_settings settings_;
    retry_policy retry_;
    http_client client_;
};
static_assert(token_source<managed_identity>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/managed_identity.ipp>
#endif
#endif
