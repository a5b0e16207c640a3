// The concept of a source of registry credentials.
#ifndef ACRX_IDENTITY_CREDENTIAL_PROVIDER_HPP
#define ACRX_IDENTITY_CREDENTIAL_PROVIDER_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/config.hpp>

#include <concepts>
#include <string>

namespace acrx {
/// What a registry is told about who asks; all empty is anonymous.
struct credential
{
    std::string user;
    std::string secret;          ///< the password
    std::string identity_token;  ///< a refresh token for the OAuth2 form
    std::string registry_token;  ///< a bearer token to use as it is

    bool is_anonymous() const noexcept { return secret.empty() && identity_token.empty() && registry_token.empty(); }
    bool operator==(credential const&) const = default;
};

/// A type that finds the credential for a registry.
///
/// | for `P p`, `std::string host` | is                         | means                                              |
/// |-------------------------------|----------------------------|----------------------------------------------------|
/// | `p.find(host)`                | an `awaitable<credential>` | the credential for `host[:port]`, or anonymous     |
///
/// `find` may be called again and by several coroutines at once; it throws only if a source is broken, never
/// because it holds nothing. What it returns never appears in an error text.
template<class P>
concept credential_provider = std::movable<P> && requires(P p, std::string host) {
    { p.find(host) } -> awaits_to<credential>;
};
}  // namespace acrx
#endif
