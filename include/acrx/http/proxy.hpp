// Which proxy, if any, a request goes through.
#ifndef ACRX_HTTP_PROXY_HPP
#define ACRX_HTTP_PROXY_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/url.hpp>

#include <optional>
#include <string>

namespace acrx {
/// Proxies as the usual environment variables name them.
struct proxy_settings
{
    std::string http;      ///< for http URLs, e.g. `http://proxy:3128`; empty for none
    std::string https;     ///< for https URLs, reached by CONNECT
    std::string no_proxy;  ///< hosts, `.suffixes`, CIDR blocks, each with an optional `:port`; `*` is all

    /// Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY, lower case first.
    static ACRX_DECL proxy_settings from_environment();
    /// The proxy for `target`; none for loopback hosts. @throws error (`errc::syntax`) if its URL is malformed
    ACRX_DECL std::optional<url> proxy_for(url const& target) const;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/proxy.ipp>
#endif
#endif
