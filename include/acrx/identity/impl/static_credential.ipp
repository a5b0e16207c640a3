// Bodies of identity/static_credential.hpp.
#ifndef ACRX_IDENTITY_IMPL_STATIC_CREDENTIAL_IPP
#define ACRX_IDENTITY_IMPL_STATIC_CREDENTIAL_IPP
#include <acrx/identity/detail/registry_key.hpp>
#include <acrx/identity/static_credential.hpp>

#include <utility>

namespace acrx {
ACRX_DECL static_credential::static_credential(std::string const& host, std::string user, std::string secret)
    : host_(detail::registry_host(host))
{
    credential_.user = std::move(user);
    credential_.secret = std::move(secret);
}

ACRX_DECL net::awaitable<credential> static_credential::find(std::string host)
{
    co_return detail::registry_host(host) == host_ ? credential_ : credential();
}
}  // namespace acrx
#endif
