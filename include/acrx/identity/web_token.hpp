// What a token says of itself, where it is a JSON web token.
#ifndef ACRX_IDENTITY_WEB_TOKEN_HPP
#define ACRX_IDENTITY_WEB_TOKEN_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// The claims that matter to whoever was given a token; its signature is the affair of who takes it.
struct web_token_claims
{
    std::string client_id = {};               ///< `appid`, in tokens of version 2 `azp`: whose it is
    std::optional<time_point> expires = {};  ///< `exp`
};

/// Nothing of what another text says.
ACRX_DECL web_token_claims read_web_token(std::string_view token);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/web_token.ipp>
#endif
#endif
