// The firewall rules of steps: those that let them out and ask for names, and those that close metadata services to them.
#ifndef ACRX_EXECUTOR_DETAIL_FIREWALL_HPP
#define ACRX_EXECUTOR_DETAIL_FIREWALL_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/netavark.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

namespace acrx::detail {
/// Whether steps may reach the metadata service of the machine's cloud, which knows the machine's identities.
enum class metadata_reach
{
    open,
    closed,
};

/// What `iptables-restore --noflush` reads, or its twin for IPv6. @param verb  `-I` adds the rules, `-D` takes them away
ACRX_DECL std::string firewall_rules(std::string const& verb, std::string const& bridge, std::string const& subnet,
                                     metadata_reach reach = metadata_reach::open);
/// The rules that keep a subnet of a container engine from metadata services, of IPv4 or IPv6 as the subnet is.
ACRX_DECL std::string metadata_rules(std::string const& verb, std::string const& subnet);
/// Adds the rules, all or none, by one process for each kind of address: netavark, which asks about each rule first, takes
/// thirty.
/// @throws error (`errc::unavailable`) with the words of iptables
ACRX_DECL net::awaitable<void> add_firewall_rules(netavark_network network, metadata_reach reach = metadata_reach::open);
/// Takes away those that are there.
ACRX_DECL net::awaitable<void> remove_firewall_rules(netavark_network network, metadata_reach reach = metadata_reach::open);
/// Adds `metadata_rules`. @throws error (`errc::unavailable`) with the words of iptables
ACRX_DECL net::awaitable<void> close_metadata(std::string subnet);
/// Takes them away, if they are there.
ACRX_DECL net::awaitable<void> open_metadata(std::string subnet);
/// Keeps the processes of the control group of version 2, which must be there, from metadata services; the rules of an
/// earlier call make place for its own.
/// @throws error (`errc::unavailable`) with the words of iptables
ACRX_DECL net::awaitable<void> close_metadata_of_group(std::string group);
/// Keeps them from a port of this machine's loopback. @throws error (`errc::unavailable`) with the words of iptables
ACRX_DECL net::awaitable<void> close_port_of_group(std::string group, std::uint16_t port);
/// Lets this machine hand on packets between networks.
/// @throws error (`errc::no_permission`)
ACRX_DECL void switch_forwarding_on(bool ipv6);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/firewall.ipp>
#endif
#endif
