// Network namespaces and the links that join them to a bridge, straight from the kernel.
#ifndef ACRX_EXECUTOR_DETAIL_NETWORK_NAMESPACE_HPP
#define ACRX_EXECUTOR_DETAIL_NETWORK_NAMESPACE_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// A network of its own, its loopback up. The kernel removes it, with all links in it, when the object and the processes
/// in it are gone, however they end.
class network_namespace
{
public:
    /// @throws error (`errc::no_permission`) if this process may not
    static ACRX_DECL network_namespace make();
    /// How any process of this machine may open it, while this process has it.
    ACRX_DECL std::string path() const;
    int handle() const noexcept { return handle_.get(); }

private:
    explicit network_namespace(unique_fd handle) noexcept : handle_(std::move(handle)) {}
    unique_fd handle_;
};

/// Makes a bridge of that name with an address, up. @return false if there is a link of that name
ACRX_DECL bool make_bridge(std::string const& name, net::ip::network_v4 const& address);
/// Gives a link of this machine an IPv6 address that can be used at once.
ACRX_DECL void add_address(std::string const& link, net::ip::network_v6 const& address);
/// Removes it; does nothing if it is not there.
ACRX_DECL void remove_bridge(std::string const& name) noexcept;
/// Takes from the bridge the links that `plug_in` and `plug_in_apart` made. The kernel removes them, too, when their
/// namespaces are gone, but only after a while, in which netavark takes the network for one that is in use.
ACRX_DECL void unplug_all(std::string const& bridge) noexcept;
/// Gives the namespace a link `eth0` to the bridge, with an address, and a default route by `gateway`.
ACRX_DECL void plug_in(network_namespace const& space, std::string const& bridge, net::ip::network_v4 const& address,
                       net::ip::address_v4 const& gateway);
/// Gives the link `eth0` of the namespace an IPv6 address and default route, too.
ACRX_DECL void add_ipv6(network_namespace const& space, net::ip::network_v6 const& address, net::ip::address_v6 const& gateway);
/// The same, with an address outside of the bridge's network and no way but to that: who has `add_link_route` to the
/// address reaches it, and nobody else.
ACRX_DECL void plug_in_apart(network_namespace const& space, std::string const& bridge, net::ip::address_v4 const& address,
                             net::ip::network_v4 const& subnet);
/// Lets the namespace look for an address at its bridge, not at its gateway.
ACRX_DECL void add_link_route(network_namespace const& space, net::ip::address_v4 const& address);
/// A socket that listens at an address of this machine, which it need not have yet. @param port  0 takes a free one
ACRX_DECL unique_fd listen_at(net::ip::address_v4 const& address, std::uint16_t port);
/// The same in the namespace.
ACRX_DECL unique_fd listen_in(network_namespace const& space, net::ip::address_v4 const& address, std::uint16_t port);
/// What this machine has routes to, the default route aside.
ACRX_DECL std::vector<net::ip::network_v4> routed_networks();
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/network_namespace.ipp>
#endif
#endif
