// The concept of a source of access tokens of a cloud directory (Microsoft Entra ID).
#ifndef ACRX_IDENTITY_TOKEN_SOURCE_HPP
#define ACRX_IDENTITY_TOKEN_SOURCE_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/clock.hpp>

#include <concepts>
#include <string>

namespace acrx {
/// What a token is for, and who it speaks for.
struct token_request
{
    std::string resource;       ///< the audience, e.g. `https://vault.azure.net`
    std::string identity = {};  ///< a client id, or a resource id, which begins with `/`; empty for the usual identity

    auto operator<=>(token_request const&) const = default;
};

/// A token and its end.
struct access_token
{
    std::string value;  ///< a secret
    time_point expires{};
};

/// A type that gets access tokens.
///
/// | for `S source`, `token_request request` | is                           | means                     |
/// |-----------------------------------------|------------------------------|---------------------------|
/// | `source.get(request)`                   | an `awaitable<access_token>` | a token that is valid now |
///
/// `get` may be called several times at once and stops soon when cancelled. It throws `error` (`errc::unauthorized`) if
/// there is no such identity or it is refused; the text of the error shows no token and no secret.
/// @see managed_identity, workload_identity, service_principal, machine_identity, cached_tokens
template<class S>
concept token_source = std::movable<S> && requires(S source, token_request request) {
    { source.get(request) } -> awaits_to<access_token>;
};
}  // namespace acrx
#endif
