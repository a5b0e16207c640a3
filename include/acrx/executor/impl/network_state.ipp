// Bodies of executor/detail/network_state.hpp.
#ifndef ACRX_EXECUTOR_IMPL_NETWORK_STATE_IPP
#define ACRX_EXECUTOR_IMPL_NETWORK_STATE_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/ipv6_subnet.hpp>
#include <acrx/executor/detail/network_state.hpp>
#include <acrx/executor/detail/unstoppable.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <span>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// The name of the member that is the network itself; no step can have it.
inline constexpr char const* network_itself = "acrx+network";

inline bool is_network_name(std::string_view name)
{
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
               || c == '-';
    };
    return !name.empty() && name != "." && name != ".." && name.size() < 200 && std::all_of(name.begin(), name.end(), fits);
}

inline void check_network_name(std::string const& name)
{
    if (!is_network_name(name))
        throw error(errc::invalid_argument, "\"" + name + "\" is no name in a network",
                    "Use letters, digits, `.`, `_` and `-`.");
}

/// Binds a port of this machine, as long as the result lives. @param port  its `host_port` is filled in if it is 0
inline unique_fd hold_port(published_port& port)
{
    auto const doing = "publishing the port " + port.host_address + ":" + std::to_string(port.host_port);
    bool const stream = port.protocol != "udp";
    unique_fd socket(::socket(AF_INET, (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC,
                              port.protocol == "sctp" ? IPPROTO_SCTP : 0));
    if (!socket && port.protocol == "sctp" && port.host_port != 0)
        return socket;  // this kernel has no sockets of it, so that nobody can take the port
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port.host_port);
    address.sin_addr.s_addr = htonl(static_cast<std::uint32_t>(net::ip::make_address_v4(port.host_address).to_uint()));
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (!socket || ::bind(socket.get(), plain, sizeof address) != 0)
        throw error(error_code(errno, boost::system::system_category()), doing,
                    errno == EADDRINUSE ? "Another program has it: choose another port." : "");
    socklen_t size = sizeof address;
    ::getsockname(socket.get(), plain, &size);
    port.host_port = ntohs(address.sin_port);
    return socket;
}

inline network_state::network_state(std::filesystem::path folder, std::string name, network_options options)
    : folder_(std::filesystem::absolute(folder)), name_(std::move(name)), options_(std::move(options)),
      made_(std::make_unique<async_once<bool>>()), netavark_(std::make_unique<async_once<bool>>())
{
    check_network_name(name_);
}

inline net::awaitable<void> network_state::open()
{
    auto making = make();
    co_await made_->get(std::move(making));
}

inline void network_state::share(std::string why, net::any_io_executor const& executor)
{
    form = network_form::shared;
    explanation = std::move(why);
    own_ = network_namespace::make();
    serve_metadata(executor);
    is_up_ = true;
}

inline net::awaitable<bool> network_state::make()
{
    claim_ = network_folder::claim(folder_, name_);
    if (!claim_) {
        co_await reap_networks(folder_);
        claim_ = network_folder::claim(folder_, name_);
    }
    if (!claim_)
        throw error(errc::invalid_argument, "making the network " + name_ + ", which another run uses");
    auto const executor = co_await net::this_coro::executor;
    std::exception_ptr failure;
    try {
        if (!options_.bridge)
            share("no bridge was asked for", executor);
        else if (find_network_helper("netavark").empty() || find_network_helper("aardvark-dns").empty())
            share("netavark and aardvark-dns are not installed", executor);
        else if (options_.metadata && find_network_helper("iptables-restore").empty())
            share("iptables is not installed: steps would reach the metadata service of this machine", executor);
        else
            co_await make_bridged();
    } catch (error const& e) {
        bool const refused = e.code() == errc::no_permission || e.code() == boost::system::errc::operation_not_supported
                             || e.code() == boost::system::errc::no_such_device
                             || e.code() == boost::system::errc::no_protocol_option || e.code() == errc::unavailable;
        failure = refused ? nullptr : std::current_exception();
        if (refused)
            explanation = e.text();
    } catch (...) {
        failure = std::current_exception();
    }
    if (!is_up_ || failure) {
        bool const throws = co_await net::this_coro::throw_if_cancelled();
        co_await net::this_coro::throw_if_cancelled(false);
        try {
            auto down = take_down();
            co_await unstoppable(std::move(down));
        } catch (...) {  // the first failure says more
        }
        co_await net::this_coro::throw_if_cancelled(throws);
    }
    if (failure)
        std::rethrow_exception(failure);
    if (!is_up_) {
        claim_ = network_folder::claim(folder_, name_);
        share(explanation, executor);
    }
    if (form == network_form::shared)
        co_await find_way_out();
    co_return true;
}

inline net::awaitable<void> network_state::make_bridged()
{
    using namespace net::experimental::awaitable_operators;
    network_ = claim_bridge(options_.subnets, claim_->path());
    network_.ipv6 = options_.ipv6;
    claim_->record(network_);
    if (network_.ipv6)
        add_address(network_.bridge, ipv6_beside(network_.subnet.address()));
    switch_forwarding_on(network_.ipv6);
    auto dns = start_dns_server(network_);
    if (find_network_helper("iptables-restore").empty()) {
        co_await std::move(dns);
        auto netavark = bring_netavark_in();  // it knows other firewalls
        co_await netavark_->get(std::move(netavark));
    } else {
        co_await (add_firewall_rules(network_, reach()) && std::move(dns));
    }
    form = network_form::bridge;
    auto const executor = co_await net::this_coro::executor;
    serve_metadata(executor);
    explanation.clear();
    is_up_ = true;
}

/// Makes a member that keeps netavark's rules, and the bridge, when those that publish ports leave.
inline net::awaitable<bool> network_state::bring_netavark_in()
{
    joined_member first;
    first.wish.id = network_itself;
    first.address = net::ip::address_v4(network_.subnet.network().to_uint() + 2);
    auto space = network_namespace::make();
    auto const input = netavark_input(network_, for_netavark(first));
    write_file(member_file(first.wish.id), input);
    co_await call_netavark("setup", network_.config, space.path(), input);
    own_ = std::move(space);
    co_return true;
}

inline netavark_member network_state::for_netavark(joined_member const& member) const
{
    netavark_member known{member.wish.id, {member.wish.id}, member.address, member.wish.ports};
    known.names.insert(known.names.end(), member.wish.aliases.begin(), member.wish.aliases.end());
    return known;
}

inline std::filesystem::path network_state::member_file(std::string const& id) const
{
    return claim_->path() / "members" / (id + ".json");
}

/// The one after the highest in use, so that an address is not used again soon; else the lowest that is free.
inline net::ip::address_v4 network_state::free_address() const
{
    auto const base = network_.subnet.network().to_uint();
    std::uint32_t highest = base + 2;
    for (auto const& [id, member] : members)
        highest = std::max<std::uint32_t>(highest, member.address.to_uint());
    auto const is_free = [&](std::uint32_t number) {
        return std::none_of(members.begin(), members.end(),
                            [&](auto const& one) { return one.second.address.to_uint() == number; });
    };
    for (auto number = highest + 1; number < base + 255; ++number)
        return net::ip::address_v4(number);
    for (auto number = base + 3; number < base + 255; ++number)
        if (is_free(number))
            return net::ip::address_v4(number);
    throw error(errc::unavailable, "joining a step to the network " + name_ + ": all its addresses are in use");
}

/// In place, so that steps which run see it: their mount shows the file, not its name.
inline void network_state::write_hosts()
{
    std::string common;
    for (auto const& [id, member] : members) {
        auto names = "\t" + id;
        for (auto const& alias : member.wish.aliases)
            names += " " + alias;
        common += member.address.to_string() + names + "\n";
        if (network_.ipv6)
            common += ipv6_beside(member.address).address().to_string() + names + "\n";
    }
    for (auto& [id, member] : members) {
        std::string text = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
        for (auto const& [name, address] : member.wish.extra_hosts)
            text += address + "\t" + name + "\n";
        text += common;
        auto const path = claim_->path() / "hosts" / id;
        if (!member.hosts) {
            member.hosts.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
            if (!member.hosts || ::fchmod(member.hosts.get(), 0644) != 0)
                throw_file_errno("writing " + path.string());
        }
        ::lseek(member.hosts.get(), 0, SEEK_SET);
        write_all(member.hosts.get(), std::as_bytes(std::span(text)), path);
        if (text.size() < member.hosts_size && ::ftruncate(member.hosts.get(), static_cast<off_t>(text.size())) != 0)
            throw_file_errno("writing " + path.string());
        member.hosts_size = text.size();
    }
}

/// Ports that were held for the member are free for the moment between.
inline net::awaitable<void> network_state::hand_on_ports(joined_member& member)
{
    for (auto& port : member.wish.ports)
        member.held_ports.push_back(hold_port(port));
    member.held_ports.clear();
    for (auto const& port : member.wish.ports) {
        auto const published = co_await way_out_->publish(port);
        member.handed_on.push_back(published);
    }
}

inline net::awaitable<void> network_state::connect(joined_member& member)
{
    for (auto& port : member.wish.ports)
        member.held_ports.push_back(hold_port(port));
    member.space = network_namespace::make();
    if (!member.wish.ports.empty()) {
        auto netavark = bring_netavark_in();
        co_await netavark_->get(std::move(netavark));
        member.by_netavark = true;
        auto const input = netavark_input(network_, for_netavark(member));
        write_file(member_file(member.wish.id), input);
        co_await call_netavark("setup", network_.config, member.space->path(), input);
    } else {
        net::ip::network_v4 const address(member.address, network_.subnet.prefix_length());
        plug_in(*member.space, network_.bridge, address, network_.subnet.address());
        if (network_.ipv6)
            add_ipv6(*member.space, ipv6_beside(member.address), ipv6_beside(network_.subnet.address()).address());
    }
    if (metadata_)
        add_link_route(*member.space, net::ip::make_address_v4(metadata_address));
    add_dns_names(network_, for_netavark(member));
}

inline net::awaitable<void> network_state::disconnect(joined_member& member)
{
    if (form == network_form::shared) {
        for (auto const published : member.handed_on)
            co_await way_out_->withdraw(published);
        co_return;
    }
    remove_dns_names(network_, member.wish.id, !members.empty());
    if (!member.by_netavark)
        co_return;
    auto const file = member_file(member.wish.id);
    auto const input = read_file(file, std::uint64_t{1} << 20);
    co_await call_netavark("teardown", network_.config, member.space->path(), input);
    remove_tree(file);
}

inline net::awaitable<network_place> network_state::join(network_member wish)
{
    check_network_name(wish.id);
    for (auto const& alias : wish.aliases)
        check_network_name(alias);
    co_await open();
    if (form == network_form::shared && !way_out_ && !wish.ports.empty())
        throw error(errc::not_supported, "publishing a port of the step " + wish.id + " in a network without a way out",
                    "There is none, because of this: " + explanation
                        + ". Run acrx as root, install slirp4netns, or give the step `network: host`, whose ports are this machine's.");
    auto const id = wish.id;
    auto const address = form == network_form::shared ? net::ip::address_v4::loopback() : free_address();
    auto const [at, is_new] = members.try_emplace(id);
    if (!is_new)
        throw error(errc::invalid_argument, "joining \"" + id + "\" to the network " + name_ + ", which has one");
    at->second.wish = std::move(wish);
    at->second.address = address;
    std::exception_ptr failure;
    try {
        if (form == network_form::bridge)
            co_await connect(at->second);
        else
            co_await hand_on_ports(at->second);
        write_hosts();
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        bool const throws = co_await net::this_coro::throw_if_cancelled();
        co_await net::this_coro::throw_if_cancelled(false);
        try {
            co_await leave(id);
        } catch (...) {  // the first failure says more
        }
        co_await net::this_coro::throw_if_cancelled(throws);
        std::rethrow_exception(failure);
    }
    network_place place;
    place.name_space = (at->second.space ? *at->second.space : *own_).path();
    place.address = address.to_string();
    if (form == network_form::bridge)
        place.name_servers = {network_.subnet.address().to_string()};
    else if (way_out_)
        place.name_servers = {user_network::name_server};
    place.hosts = claim_->path() / "hosts" / id;
    place.metadata = metadata_ ? metadata_->origin() : "";
    co_return place;
}

inline net::awaitable<void> network_state::leave(std::string id)
{
    auto left = members.extract(id);
    if (left.empty())
        co_return;
    write_hosts();
    auto parting = disconnect(left.mapped());
    co_await unstoppable(std::move(parting));
}

inline net::awaitable<void> network_state::take_down()
{
    if (metadata_)
        co_await metadata_->close();
    metadata_.reset();
    metadata_place_.reset();
    if (form == network_form::bridge && !network_.bridge.empty()) {
        kill_dns_server(network_.config);
        if (auto const input = read_file_if_exists(member_file(network_itself))) {
            auto const space = own_ ? std::move(*own_) : network_namespace::make();
            own_.reset();
            unplug_all(network_.bridge);
            try {
                co_await call_netavark("teardown", network_.config, space.path(), *input);
            } catch (error const&) {  // what it has not removed goes with the rest
            }
        }
        if (!find_network_helper("iptables-restore").empty())
            co_await remove_firewall_rules(network_, reach());
        remove_bridge(network_.bridge);
        network_ = {};
    }
    way_out_.reset();
    own_.reset();
    auto const path = claim_->path();
    remove_tree(path);
    claim_.reset();
}

inline net::awaitable<void> network_state::close()
{
    if (!claim_)
        co_return;
    std::exception_ptr failure;
    while (!members.empty()) {
        try {
            co_await leave(std::string(members.begin()->first));
        } catch (...) {
            failure = std::current_exception();
        }
    }
    auto down = take_down();
    co_await unstoppable(std::move(down));
    made_ = std::make_unique<async_once<bool>>();
    netavark_ = std::make_unique<async_once<bool>>();
    is_up_ = false;
    if (failure)
        std::rethrow_exception(failure);
}
}  // namespace acrx::detail
#endif
