// The firewall rules that let the steps of a network out of this machine and ask it for names, and the answers in.
#ifndef ACRX_EXECUTOR_DETAIL_FIREWALL_HPP
#define ACRX_EXECUTOR_DETAIL_FIREWALL_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/netavark.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>

namespace acrx::detail {
/// What `iptables-restore --noflush` reads, or its twin for IPv6. @param verb  `-I` adds the rules, `-D` takes them away
ACRX_DECL std::string firewall_rules(std::string const& verb, std::string const& bridge, std::string const& subnet);
/// Adds the rules, all or none, by one process for each kind of address: netavark, which asks about each rule first, takes
/// thirty.
/// @throws error (`errc::unavailable`) with the words of iptables
ACRX_DECL net::awaitable<void> add_firewall_rules(netavark_network network);
/// Takes away those that are there.
ACRX_DECL net::awaitable<void> remove_firewall_rules(netavark_network network);
/// Lets this machine hand on packets between networks.
/// @throws error (`errc::no_permission`)
ACRX_DECL void switch_forwarding_on(bool ipv6);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/firewall.ipp>
#endif
#endif
