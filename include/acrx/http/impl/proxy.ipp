// Bodies of http/proxy.hpp.
#ifndef ACRX_HTTP_IMPL_PROXY_IPP
#define ACRX_HTTP_IMPL_PROXY_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/impl/url.ipp>
#include <acrx/http/proxy.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace acrx {
namespace detail {
inline std::string environment(char const* lower, char const* upper)
{
    for (auto const* name : {lower, upper})
        if (auto const* value = std::getenv(name); value && *value)
            return value;
    return {};
}

/// The host of `entry`, if its port, when it has one, is that of `target`; else empty.
inline std::string_view host_at_port(std::string_view entry, url const& target)
{
    auto const colon = entry.rfind(':');
    auto const is_port = colon != entry.npos && colon + 1 < entry.size() && entry.find(':') == colon
                         && entry.find_first_not_of("0123456789", colon + 1) == entry.npos;
    if (!is_port)
        return entry;
    return entry.substr(colon + 1) == std::to_string(target.port) ? entry.substr(0, colon) : std::string_view{};
}

inline bool in_block(std::string_view block, std::string const& host)
{
    error_code failed;
    auto const address = net::ip::make_address(host, failed);
    if (failed)
        return false;
    if (address.is_v4()) {
        auto const network = net::ip::make_network_v4(std::string(block), failed);
        return !failed && net::ip::network_v4(address.to_v4(), network.prefix_length()).canonical() == network.canonical();
    }
    auto const network = net::ip::make_network_v6(std::string(block), failed);
    return !failed && net::ip::network_v6(address.to_v6(), network.prefix_length()).canonical() == network.canonical();
}

inline bool bypasses_proxy(std::string_view entry, url const& target)
{
    if (entry == "*")
        return true;
    if (entry.find('/') != entry.npos)
        return in_block(entry, target.host);
    auto name = ascii_lower(host_at_port(entry, target));
    if (name.starts_with("*."))
        name.erase(0, 1);
    if (name.empty())
        return false;
    std::string_view const host = target.host;
    if (name.front() == '.')
        return host.ends_with(name);
    return host == name || host.ends_with("." + name);
}
}  // namespace detail

ACRX_DECL proxy_settings proxy_settings::from_environment()
{
    // HTTP_PROXY in capitals can be set by whoever sends a header to a CGI program.
    auto const is_cgi = std::getenv("REQUEST_METHOD") != nullptr;
    return {.http = detail::environment("http_proxy", is_cgi ? "http_proxy" : "HTTP_PROXY"),
            .https = detail::environment("https_proxy", "HTTPS_PROXY"),
            .no_proxy = detail::environment("no_proxy", "NO_PROXY")};
}

ACRX_DECL std::optional<url> proxy_settings::proxy_for(url const& target) const
{
    auto const& proxy = target.scheme == "https" ? https : http;
    if (proxy.empty() || is_loopback_host(target.host))
        return std::nullopt;
    std::string_view rest = no_proxy;
    while (!rest.empty()) {
        auto const end = std::min(rest.find_first_of(", "), rest.size());
        if (end > 0 && detail::bypasses_proxy(rest.substr(0, end), target))
            return std::nullopt;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return parse_url(proxy.find("://") == proxy.npos ? "http://" + proxy : proxy);
}
}  // namespace acrx
#endif
