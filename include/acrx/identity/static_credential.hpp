// The credential provider that was told one user and secret.
#ifndef ACRX_IDENTITY_STATIC_CREDENTIAL_HPP
#define ACRX_IDENTITY_STATIC_CREDENTIAL_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/credential_provider.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>

namespace acrx {
/// One credential for one registry; anonymous for all others.
class static_credential
{
public:
    /// @param host  `host[:port]`, in any spelling that a configuration file may use
    ACRX_DECL static_credential(std::string const& host, std::string user, std::string secret);

    ACRX_DECL net::awaitable<credential> find(std::string host);

private:
    std::string host_;
    credential credential_;
};
static_assert(credential_provider<static_credential>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/static_credential.ipp>
#endif
#endif
