// A port of a step that this machine answers on, and the text form of it.
#ifndef ACRX_EXECUTOR_PUBLISHED_PORT_HPP
#define ACRX_EXECUTOR_PUBLISHED_PORT_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// One port, on both sides.
struct published_port
{
    std::string host_address = "127.0.0.1";  ///< IPv4; `0.0.0.0` is every address of this machine
    std::uint16_t host_port = 0;             ///< 0 is any that is free
    std::uint16_t container_port = 0;
    std::string protocol = "tcp";  ///< `tcp`, `udp` or `sctp`
    bool operator==(published_port const&) const = default;
};

/// Reads `[[ADDRESS:][HOST_PORT]:]PORT[/PROTOCOL]` as `docker run --publish` does; a port may be a range `8000-8003`.
///
/// @return one for each port of the range. Without an address it is this machine's loopback: nothing is opened to others
///         unless it is asked for.
/// @throws error (`errc::invalid_argument`), quoting `text`; (`errc::not_supported`) for an IPv6 address
ACRX_DECL std::vector<published_port> parse_published_ports(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/published_port.ipp>
#endif
#endif
