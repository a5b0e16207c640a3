// Callers known by tokens of an OpenID Connect issuer.
#ifndef ACRX_SERVER_OIDC_ISSUER_HPP
#define ACRX_SERVER_OIDC_ISSUER_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/server/authenticator.hpp>
#include <acrx/server/json_web_token.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace acrx {
/// Which tokens of an issuer count.
struct oidc_settings
{
    std::string issuer;    ///< the URL as in `iss`; its keys are found by OpenID Connect Discovery 1.0
    std::string audience;  ///< one of `aud`
    std::string role_claim = "roles";  ///< a word or a list: the highest role in it counts, others are ignored
    std::string name_claim = "sub";
};

/// Knows the tokens of an issuer: JSON web tokens that its keys signed.
///
/// Keys are fetched at the first token, again after an hour, and when a token names a key that is not known, each at most
/// once a minute; an issuer that never answered is asked every five seconds. While it is not reachable the keys that are
/// known count on. Copies share them.
/// @par Thread safety  shared objects: one strand
class oidc_issuer
{
public:
    /// @param now  what the time is
    ACRX_DECL oidc_issuer(oidc_settings settings, http_client client,
                          std::function<time_point()> now = [] { return system_clock().now(); });

    /// Nothing for a token that is malformed, expired, of another issuer or audience, or names no role.
    /// @throws error if the keys cannot be fetched and none are known
    ACRX_DECL net::awaitable<std::optional<caller>> find(std::string token);

private:
    struct state;
    net::awaitable<bool> has_key(std::string key_id);
    net::awaitable<void> fetch_keys();
    std::optional<caller> judge(json_web_token const& token) const;

    std::shared_ptr<state> state_;
};
static_assert(authenticator<oidc_issuer>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/oidc_issuer.ipp>
#endif
#endif
