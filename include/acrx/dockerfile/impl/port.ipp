// Bodies of dockerfile/port.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_PORT_IPP
#define ACRX_DOCKERFILE_IMPL_PORT_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/port.hpp>

#include <arpa/inet.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace acrx::dockerfile {
namespace detail {
using port_range = std::pair<unsigned, unsigned>;

inline std::optional<unsigned> read_port(std::string_view text)
{
    std::uint16_t value = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failure != std::errc{} || end != text.data() + text.size())
        return {};
    return value;
}

inline std::optional<port_range> read_range(std::string_view text)
{
    auto const dash = text.find('-');
    auto const first = read_port(text.substr(0, dash));
    auto const last = dash == std::string_view::npos ? first : read_port(text.substr(dash + 1));
    if (!first || !last || *last < *first)
        return {};
    return port_range{*first, *last};
}

[[noreturn]] inline void refuse_port(std::string const& text)
{
    throw parse_error(errc::invalid_instruction, {}, text);
}

inline bool is_ip_address(std::string_view text)
{
    if (text.starts_with('[') && text.ends_with(']'))
        text = text.substr(1, text.size() - 2);
    std::string const terminated(text);
    in6_addr address;
    return inet_pton(AF_INET, terminated.c_str(), &address) == 1
           || inet_pton(AF_INET6, terminated.c_str(), &address) == 1;
}

inline void check_host_part(std::string_view host, port_range container, std::string_view container_text)
{
    auto const colon = host.rfind(':');
    auto const port = colon == std::string_view::npos ? host : host.substr(colon + 1);
    auto const address = colon == std::string_view::npos ? std::string_view() : host.substr(0, colon);
    if (!address.empty() && !is_ip_address(address))
        refuse_port("invalid IP address: " + std::string(address));
    if (port.empty())
        return;
    auto const range = read_range(port);
    if (!range)
        refuse_port("invalid hostPort: " + std::string(port));
    bool const one_container_port = container.first == container.second;
    if (!one_container_port && range->second - range->first != container.second - container.first)
        refuse_port("invalid ranges specified for container and host Ports: " + std::string(container_text) + " and "
                    + std::string(port));
}
}  // namespace detail

ACRX_DECL std::vector<std::string> parse_ports(std::span<std::string const> words)
{
    std::set<std::string> ports;
    for (std::string_view const word : words) {
        auto const colon = word.rfind(':');
        auto const container = colon == std::string_view::npos ? word : word.substr(colon + 1);
        auto const slash = container.find('/');
        auto const text = container.substr(0, slash);
        if (text.empty())
            detail::refuse_port("no port specified: " + std::string(container) + "<empty>");
        auto protocol = slash == std::string_view::npos ? "" : ascii_lower(container.substr(slash + 1));
        if (protocol.empty())
            protocol = "tcp";
        if (protocol != "tcp" && protocol != "udp" && protocol != "sctp")
            detail::refuse_port("invalid proto: " + protocol);
        auto const range = detail::read_range(text);
        if (!range)
            detail::refuse_port("invalid containerPort: " + std::string(text));
        if (colon != std::string_view::npos)
            detail::check_host_part(word.substr(0, colon), *range, text);
        for (auto port = range->first; port <= range->second; ++port)
            ports.insert(std::to_string(port) + "/" + protocol);
    }
    return {ports.begin(), ports.end()};
}
}  // namespace acrx::dockerfile
#endif
