// The concept of what tells callers from strangers, and the model that lets everybody in.
#ifndef ACRX_SERVER_AUTHENTICATOR_HPP
#define ACRX_SERVER_AUTHENTICATOR_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/message.hpp>
#include <acrx/server/caller.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx {
/// A type that knows callers by their bearer tokens (RFC 6750).
///
/// | for `A who`, `std::string token` | is                               | means                                     |
/// |----------------------------------|----------------------------------|-------------------------------------------|
/// | `who.find(token)`                | an `awaitable<optional<caller>>` | whose token it is; nothing for a stranger |
///
/// The token is empty if the request has none. Copies know the same callers. `find` may be called several times at once, compares in constant time,
/// and throws only if it cannot tell, e.g. because an issuer is not reachable. No text of an error holds the token.
/// @see open_door, token_file, oidc_issuer, any_door
template<class A>
concept authenticator = std::copy_constructible<A> && std::movable<A> && requires(A who, std::string token) {
    { who.find(token) } -> awaits_to<std::optional<caller>>;
};

/// Everybody is the owner: for loopback alone.
class open_door
{
public:
    net::awaitable<std::optional<caller>> find(std::string) { co_return caller{"anonymous", role::owner}; }
};
static_assert(authenticator<open_door>);

/// The token of `Authorization: Bearer TOKEN`; empty if there is none.
ACRX_DECL std::string bearer_token(http_headers const& headers);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/authenticator.ipp>
#endif
#endif
