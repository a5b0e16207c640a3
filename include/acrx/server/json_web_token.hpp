// JSON web tokens (RFC 7519): reading them, and checking their signatures against a set of keys (RFC 7517).
#ifndef ACRX_SERVER_JSON_WEB_TOKEN_HPP
#define ACRX_SERVER_JSON_WEB_TOKEN_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// A token taken apart; nothing of it is true before its signature and claims were checked.
struct json_web_token
{
    std::string algorithm;  ///< `RS256` and the like
    std::string key_id;     ///< empty if it names none
    boost::json::object claims;
    std::string signed_part;
    std::string signature;  ///< bytes

    /// @throws error (`errc::unauthorized`) for what is no token of three parts
    static ACRX_DECL json_web_token parse(std::string_view text);
};

/// Public keys of an issuer. Copies share them.
class json_web_keys
{
public:
    ACRX_DECL json_web_keys();
    /// @param text  the JSON of a key set; keys of other kinds than RSA and EC, for other uses, that are malformed
    ///              or too weak are left out (RFC 7517, 5)
    /// @throws error (`errc::damaged`)
    static ACRX_DECL json_web_keys parse(std::string_view text);

    ACRX_DECL bool has(std::string_view key_id) const;
    /// Whether a key of the set signed the token: RS256, RS384, RS512, PS256, ES256 or ES384, as the kind of key allows.
    /// A token without a key id is tried with each.
    ACRX_DECL bool verify(json_web_token const& token) const;

private:
    struct key;
    std::shared_ptr<std::vector<key> const> keys_;
};

/// What the claims of a token must say.
struct token_expectation
{
    std::string issuer;
    std::string audience;
};

/// Checks `iss`, `aud`, `exp`, which must be there, and `nbf`; clocks may differ by a minute.
/// @throws error (`errc::unauthorized`) that says which claim is wrong
ACRX_DECL void check_claims(boost::json::object const& claims, token_expectation const& expected, time_point now);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/json_web_token.ipp>
#endif
#endif
