// Calls netavark, which publishes ports, and aardvark-dns, the DNS server of a network.
#ifndef ACRX_EXECUTOR_DETAIL_NETAVARK_HPP
#define ACRX_EXECUTOR_DETAIL_NETAVARK_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/published_port.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/network_v4.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx::detail {
/// A network as netavark knows it.
struct netavark_network
{
    std::string name;  ///< of its own on this machine: chains of firewall rules are named after it
    std::string bridge;
    net::ip::network_v4 subnet;   ///< with the address of the bridge
    std::filesystem::path config;  ///< folder of the DNS server's files
    bool ipv6 = false;             ///< addresses `ipv6_beside` its own, too
};

/// A container that it joins to the network.
struct netavark_member
{
    std::string id;
    std::vector<std::string> names;
    net::ip::address_v4 address;
    std::vector<published_port> ports;
};

/// Where Debian, Fedora and others put a helper program of container engines, or in our PATH; empty if nowhere.
ACRX_DECL std::filesystem::path find_network_helper(std::string const& name);
/// What netavark reads: enough to join the member, and to take it away later.
ACRX_DECL std::string netavark_input(netavark_network const& network, netavark_member const& member);
/// Joins (`setup`) or takes away (`teardown`) what `input` describes.
/// @param name_space  file of the network namespace
/// @throws error with netavark's words
ACRX_DECL net::awaitable<void> call_netavark(std::string action, std::filesystem::path config, std::string name_space,
                                             std::string input);

/// Starts the DNS server of the bridge, without names yet; it has its port when this returns, and outlives this process.
/// @throws error (`errc::unavailable`)
ACRX_DECL net::awaitable<void> start_dns_server(netavark_network network);
/// The names of one more member, in the DNS server's own files, which it is told to read again.
ACRX_DECL void add_dns_names(netavark_network const& network, netavark_member const& member);
/// @param is_missed  whether anyone is left who could ask for it; if not, the server learns of it with the next addition
ACRX_DECL void remove_dns_names(netavark_network const& network, std::string const& id, bool is_missed);
/// Ends the DNS server whose files are in `config`, if it is there.
ACRX_DECL void kill_dns_server(std::filesystem::path const& config) noexcept;
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/netavark.ipp>
#endif
#endif
