// Bodies of executor/detail/network_namespace.hpp.
#ifndef ACRX_EXECUTOR_IMPL_NETWORK_NAMESPACE_IPP
#define ACRX_EXECUTOR_IMPL_NETWORK_NAMESPACE_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/network_namespace.hpp>
#include <acrx/executor/detail/route_message.hpp>

#include <fcntl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <string_view>
#include <thread>

namespace acrx::detail {
[[noreturn]] inline void throw_network_errno(int number, std::string const& doing)
{
    if (number != EPERM && number != EACCES)
        throw_errno(number, doing);
    throw error(errc::no_permission, doing, "Networks of steps need CAP_SYS_ADMIN and CAP_NET_ADMIN: run acrx as root.");
}

/// Runs `work` in a thread of its own, whose namespaces may be changed. @return its result, 0 or a value of errno
inline int in_other_thread(std::function<int()> const& work)
{
    int number = 0;
    std::thread([&] { number = work(); }).join();
    return number;
}

inline bool raise_link(int socket, char const* name)
{
    ifreq request{};
    std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (::ioctl(socket, SIOCGIFFLAGS, &request) != 0)
        return false;
    request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
    return ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
}

inline sockaddr socket_address(net::ip::address_v4 const& address)
{
    sockaddr_in internet{};
    internet.sin_family = AF_INET;
    internet.sin_addr.s_addr = htonl(static_cast<std::uint32_t>(address.to_uint()));
    sockaddr plain{};
    std::memcpy(&plain, &internet, sizeof plain);
    return plain;
}

inline bool set_address(int socket, char const* name, net::ip::network_v4 const& address)
{
    ifreq request{};
    std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    request.ifr_addr = socket_address(address.address());
    if (::ioctl(socket, SIOCSIFADDR, &request) != 0)
        return false;
    request.ifr_netmask = socket_address(address.netmask());
    return ::ioctl(socket, SIOCSIFNETMASK, &request) == 0 && raise_link(socket, name);
}

inline bool set_default_route(int socket, net::ip::address_v4 const& gateway)
{
    rtentry route{};
    route.rt_dst = socket_address(net::ip::address_v4());
    route.rt_genmask = socket_address(net::ip::address_v4());
    route.rt_gateway = socket_address(gateway);
    route.rt_flags = RTF_UP | RTF_GATEWAY;
    return ::ioctl(socket, SIOCADDRT, &route) == 0;
}

/// @param target  is reached over `eth0` without a gateway
inline bool set_link_route(int socket, net::ip::network_v4 const& target)
{
    std::string name = "eth0";
    rtentry route{};
    route.rt_dst = socket_address(target.network());
    route.rt_genmask = socket_address(target.netmask());
    route.rt_flags = RTF_UP;
    route.rt_dev = name.data();
    return ::ioctl(socket, SIOCADDRT, &route) == 0;
}

/// @return 0, or a value of errno
inline int start_listening(unique_fd& socket, net::ip::address_v4 const& address, std::uint16_t port)
{
    socket.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    int const on = 1;
    auto place = socket_address(address);
    sockaddr_in internet{};
    std::memcpy(&internet, &place, sizeof internet);
    internet.sin_port = htons(port);
    std::memcpy(&place, &internet, sizeof place);
    bool const listens = socket && ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0
                         && ::setsockopt(socket.get(), IPPROTO_IP, IP_FREEBIND, &on, sizeof on) == 0
                         && ::bind(socket.get(), &place, sizeof place) == 0 && ::listen(socket.get(), SOMAXCONN) == 0;
    return listens ? 0 : errno;
}

inline unique_fd plain_socket()
{
    unique_fd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket)
        throw_errno("opening a socket");
    return socket;
}

/// A socket that belongs to the namespace, whoever uses it.
inline unique_fd socket_in(network_namespace const& space)
{
    unique_fd socket;
    auto const number = in_other_thread([&] {
        if (::setns(space.handle(), CLONE_NEWNET) != 0)
            return errno;
        socket.reset(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        return socket ? 0 : errno;
    });
    if (number != 0)
        throw_network_errno(number, "entering the network of a step");
    return socket;
}

ACRX_DECL network_namespace network_namespace::make()
{
    unique_fd handle;
    auto const number = in_other_thread([&] {
        if (::unshare(CLONE_NEWNET) != 0)
            return errno;
        handle.reset(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
        unique_fd const socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        return handle && socket && raise_link(socket.get(), "lo") ? 0 : errno;
    });
    if (number != 0)
        throw_network_errno(number, "making the network of a step");
    return network_namespace(std::move(handle));
}

ACRX_DECL std::string network_namespace::path() const
{
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(handle_.get());
}

ACRX_DECL bool make_bridge(std::string const& name, net::ip::network_v4 const& address)
{
    auto const socket = plain_socket();
    if (::ioctl(socket.get(), SIOCBRADDBR, name.c_str()) != 0) {
        if (errno == EEXIST)
            return false;
        throw_network_errno(errno, "making the bridge " + name);
    }
    if (!set_address(socket.get(), name.c_str(), address)) {
        auto const number = errno;
        remove_bridge(name);
        throw_network_errno(number, "giving the bridge " + name + " its address");
    }
    return true;
}

ACRX_DECL void remove_bridge(std::string const& name) noexcept
{
    unique_fd const socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strncpy(request.ifr_name, name.c_str(), IFNAMSIZ - 1);
    if (socket && ::ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0)
        ::ioctl(socket.get(), SIOCBRDELBR, name.c_str());
}

ACRX_DECL void unplug_all(std::string const& bridge) noexcept
{
    unique_fd const socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    auto* const links = ::if_nameindex();
    for (auto const* link = links; socket && link != nullptr && link->if_name != nullptr; ++link) {
        ifreq request{};
        std::strncpy(request.ifr_name, bridge.c_str(), IFNAMSIZ - 1);
        request.ifr_ifindex = static_cast<int>(link->if_index);
        if (std::string_view(link->if_name).starts_with("acrxv"))
            ::ioctl(socket.get(), SIOCBRDELIF, &request);  // refuses those of other bridges
    }
    if (links != nullptr)
        ::if_freenameindex(links);
}

/// Makes a pair of links, one end at the bridge and up, the other one called `eth0` in the namespace.
inline int make_veth(network_namespace const& space, std::string const& bridge)
{
    ifinfomsg link{};
    link.ifi_flags = IFF_UP;
    link.ifi_change = IFF_UP;
    route_message message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    message.put(link);
    message.add(IFLA_IFNAME, std::string_view("acrxv%d\0", 8));  // the kernel takes the next free number
    message.add_number(IFLA_MASTER, ::if_nametoindex(bridge.c_str()));
    auto const information = message.open(IFLA_LINKINFO);
    message.add(IFLA_INFO_KIND, "veth");
    auto const data = message.open(IFLA_INFO_DATA);
    auto const peer = message.open(VETH_INFO_PEER);
    message.put(ifinfomsg{});
    message.add(IFLA_IFNAME, std::string_view("eth0\0", 5));
    message.add_number(IFLA_NET_NS_FD, static_cast<std::uint32_t>(space.handle()));
    message.close(peer);
    message.close(data);
    message.close(information);
    return message.send();
}

ACRX_DECL void plug_in(network_namespace const& space, std::string const& bridge, net::ip::network_v4 const& address,
                       net::ip::address_v4 const& gateway)
{
    if (auto const number = make_veth(space, bridge); number != 0)
        throw_network_errno(number, "joining a step to the bridge " + bridge);
    auto const socket = socket_in(space);
    if (!set_address(socket.get(), "eth0", address) || !set_default_route(socket.get(), gateway))
        throw_network_errno(errno, "giving a step its address");
}

inline std::string_view bytes_of(net::ip::address_v6::bytes_type const& address)
{
    return {reinterpret_cast<char const*>(address.data()), address.size()};
}

/// In the namespace of the thread that calls. @return 0, or a value of errno
inline int set_ipv6_address(char const* link, net::ip::network_v6 const& network)
{
    auto const address = network.address().to_bytes();
    ifaddrmsg head{};
    head.ifa_family = AF_INET6;
    head.ifa_prefixlen = static_cast<unsigned char>(network.prefix_length());
    head.ifa_flags = IFA_F_NODAD;  // nobody else can have it, and asking takes a second
    head.ifa_index = ::if_nametoindex(link);
    route_message message(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);
    message.put(head);
    message.add(IFA_LOCAL, bytes_of(address));
    message.add(IFA_ADDRESS, bytes_of(address));
    return message.send();
}

inline int set_ipv6_route(char const* link, net::ip::address_v6 const& gateway)
{
    rtmsg head{};
    head.rtm_family = AF_INET6;
    head.rtm_table = RT_TABLE_MAIN;
    head.rtm_protocol = RTPROT_BOOT;
    head.rtm_scope = RT_SCOPE_UNIVERSE;
    head.rtm_type = RTN_UNICAST;
    route_message message(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
    message.put(head);
    message.add(RTA_GATEWAY, bytes_of(gateway.to_bytes()));
    message.add_number(RTA_OIF, ::if_nametoindex(link));
    return message.send();
}

ACRX_DECL void add_address(std::string const& link, net::ip::network_v6 const& address)
{
    if (auto const number = set_ipv6_address(link.c_str(), address); number != 0)
        throw_network_errno(number, "giving the bridge " + link + " its IPv6 address");
}

ACRX_DECL void add_ipv6(network_namespace const& space, net::ip::network_v6 const& address, net::ip::address_v6 const& gateway)
{
    auto const number = in_other_thread([&] {
        if (::setns(space.handle(), CLONE_NEWNET) != 0)
            return errno;
        auto const failed = set_ipv6_address("eth0", address);
        return failed != 0 ? failed : set_ipv6_route("eth0", gateway);
    });
    if (number != 0)
        throw_network_errno(number, "giving a step its IPv6 address");
}

ACRX_DECL void plug_in_apart(network_namespace const& space, std::string const& bridge, net::ip::address_v4 const& address,
                             net::ip::network_v4 const& subnet)
{
    if (auto const number = make_veth(space, bridge); number != 0)
        throw_network_errno(number, "joining the metadata service to the bridge " + bridge);
    auto const socket = socket_in(space);
    if (!set_address(socket.get(), "eth0", {address, 32}) || !set_link_route(socket.get(), subnet.canonical()))
        throw_network_errno(errno, "giving the metadata service its address");
}

ACRX_DECL void add_link_route(network_namespace const& space, net::ip::address_v4 const& address)
{
    auto const socket = socket_in(space);
    if (!set_link_route(socket.get(), {address, 32}))
        throw_network_errno(errno, "giving a step its way to " + address.to_string());
}

ACRX_DECL unique_fd listen_at(net::ip::address_v4 const& address, std::uint16_t port)
{
    unique_fd socket;
    if (auto const number = start_listening(socket, address, port); number != 0)
        throw_network_errno(number, "listening at " + address.to_string());
    return socket;
}

ACRX_DECL unique_fd listen_in(network_namespace const& space, net::ip::address_v4 const& address, std::uint16_t port)
{
    unique_fd socket;
    auto const number = in_other_thread([&] {
        return ::setns(space.handle(), CLONE_NEWNET) == 0 ? start_listening(socket, address, port) : errno;
    });
    if (number != 0)
        throw_network_errno(number, "listening at " + address.to_string() + " in the network of a run");
    return socket;
}

ACRX_DECL std::vector<net::ip::network_v4> routed_networks()
{
    std::vector<net::ip::network_v4> found;
    std::ifstream table("/proc/net/route");
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line)) {
        std::istringstream words(line);
        std::string device, target, gateway, flags, uses, users, metric, mask;
        words >> device >> target >> gateway >> flags >> uses >> users >> metric >> mask;
        auto const number = [](std::string const& text) {
            return ntohl(static_cast<std::uint32_t>(std::stoul(text, nullptr, 16)));
        };
        if (mask.size() == 8 && number(mask) != 0)
            found.push_back(net::ip::make_network_v4(net::ip::address_v4(number(target)), net::ip::address_v4(number(mask))));
    }
    return found;
}
}  // namespace acrx::detail
#endif
