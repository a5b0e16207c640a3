// Body of executor/published_port.hpp.
#ifndef ACRX_EXECUTOR_IMPL_PUBLISHED_PORT_IPP
#define ACRX_EXECUTOR_IMPL_PUBLISHED_PORT_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/published_port.hpp>

#include <boost/asio/ip/address_v4.hpp>

#include <charconv>
#include <optional>

namespace acrx {
namespace detail {
struct port_range
{
    unsigned first = 0;
    unsigned last = 0;
};

inline std::optional<unsigned> parse_port(std::string_view text)
{
    unsigned number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size() || number == 0 || number > 65535)
        return std::nullopt;
    return number;
}

inline std::optional<port_range> parse_port_range(std::string_view text)
{
    auto const dash = text.find('-');
    auto const first = parse_port(text.substr(0, dash));
    auto const last = dash == text.npos ? first : parse_port(text.substr(dash + 1));
    if (!first || !last || *last < *first)
        return std::nullopt;
    return port_range{*first, *last};
}

/// Cuts the last part off `rest`. @return it; `rest` is empty when there was but one
inline std::string_view cut_last_part(std::string_view& rest)
{
    auto const colon = rest.rfind(':');
    auto const part = colon == rest.npos ? rest : rest.substr(colon + 1);
    rest = colon == rest.npos ? std::string_view() : rest.substr(0, colon);
    return part;
}
}  // namespace detail

ACRX_DECL std::vector<published_port> parse_published_ports(std::string_view text)
{
    auto const doing = "publishing the port \"" + std::string(text) + "\"";
    auto const refuse = [&](std::string const& why) {
        throw error(errc::invalid_argument, doing + ": " + why, "Write [[ADDRESS:]HOST_PORT:]PORT[/PROTOCOL].");
    };
    published_port port;
    auto const slash = text.rfind('/');
    if (slash != text.npos)
        port.protocol = text.substr(slash + 1);
    if (port.protocol != "tcp" && port.protocol != "udp" && port.protocol != "sctp")
        refuse("\"" + port.protocol + "\" is no protocol");
    auto rest = text.substr(0, slash);
    auto const inside = detail::parse_port_range(detail::cut_last_part(rest));
    if (!inside)
        refuse("no port of the container");
    auto const host_text = detail::cut_last_part(rest);
    auto const outside = detail::parse_port_range(host_text);
    if (!host_text.empty() && !outside)
        refuse("\"" + std::string(host_text) + "\" is no port");
    if (outside && outside->last - outside->first != inside->last - inside->first)
        refuse("the ranges differ in length");
    if (rest.starts_with('['))
        throw error(errc::not_supported, doing + " on an IPv6 address");
    if (!rest.empty())
        port.host_address = rest;
    boost::system::error_code bad;
    boost::asio::ip::make_address_v4(port.host_address, bad);
    if (bad)
        refuse("\"" + port.host_address + "\" is no IPv4 address");
    std::vector<published_port> ports;
    for (auto number = inside->first; number <= inside->last; ++number) {
        port.container_port = static_cast<std::uint16_t>(number);
        port.host_port = static_cast<std::uint16_t>(outside ? outside->first + (number - inside->first) : 0);
        ports.push_back(port);
    }
    return ports;
}
}  // namespace acrx
#endif
