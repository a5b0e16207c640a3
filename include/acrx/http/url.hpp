// URLs of http and https as values: read, resolve, encode, show.
#ifndef ACRX_HTTP_URL_HPP
#define ACRX_HTTP_URL_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace acrx {
/// An absolute http or https URL without its fragment.
struct url
{
    std::string scheme = "https";  ///< lower case
    std::string host;              ///< lower case; an IPv6 address has no brackets
    std::uint16_t port = 443;
    std::string target = "/";  ///< path and query, byte for byte as they were given
    std::string user_info;     ///< `user:password` as written; no function shows it

    bool operator==(url const&) const = default;
};

/// @throws error (`errc::syntax`) unless `text` is an absolute http or https URL
ACRX_DECL url parse_url(std::string_view text);
/// What `location` means in an answer to `base` (RFC 3986, 5.2). @throws error (`errc::syntax`)
ACRX_DECL url resolve(url const& base, std::string_view target);
/// The whole URL without its user info; may hold secrets in its query.
ACRX_DECL std::string to_string(url const& u);
/// What may be shown and logged: neither user info nor query.
ACRX_DECL std::string redacted(url const& u);
/// `host`, or `host:port` where the port is not the scheme's own; IPv6 addresses in brackets.
ACRX_DECL std::string authority(url const& u);
/// Scheme, host and port are the same, so credentials may travel along.
ACRX_DECL bool same_origin(url const& a, url const& b);

/// Escapes everything but unreserved characters (RFC 3986, 2.3).
ACRX_DECL std::string percent_encode(std::string_view text);
/// The inverse; malformed escapes stay as they are.
ACRX_DECL std::string percent_decode(std::string_view text);
/// Appends `name=value` to the query of `target`, whose other parameters stay byte for byte.
ACRX_DECL std::string with_query(std::string_view target, std::string_view name, std::string_view value);
/// `localhost`, 127.0.0.0/8 or ::1 (no brackets, no port).
ACRX_DECL bool is_loopback_host(std::string_view host);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/url.ipp>
#endif
#endif
