// What to send after a redirect, and what must not go along.
#ifndef ACRX_HTTP_REDIRECT_HPP
#define ACRX_HTTP_REDIRECT_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/message.hpp>

#include <optional>

namespace acrx {
/// The longest chain of redirects that is followed.
inline constexpr int max_redirects = 10;

/// The request that `answer` asks for: 303, and 301 or 302 after POST, become GET; credentials and cookies
/// stay behind when scheme, host or port changes, and so does an exemption from certificate checks.
/// @return nothing if `answer` is no redirect
/// @throws error (`errc::protocol`) if it leads to no http or https URL
ACRX_DECL std::optional<http_request> redirected(http_request const& sent, http_response const& answer);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/redirect.ipp>
#endif
#endif
