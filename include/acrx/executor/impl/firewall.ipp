// Bodies of executor/detail/firewall.hpp.
#ifndef ACRX_EXECUTOR_IMPL_FIREWALL_IPP
#define ACRX_EXECUTOR_IMPL_FIREWALL_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/firewall.hpp>
#include <acrx/executor/detail/ipv6_subnet.hpp>
#include <acrx/executor/detail/netavark.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
inline std::string nat_rules(std::string const& verb, std::string const& bridge, std::string const& subnet)
{
    return "*nat\n" + verb + " POSTROUTING -s " + subnet + " ! -o " + bridge + " -j MASQUERADE\nCOMMIT\n";
}

inline std::string filter_rules(std::string const& verb, std::string const& bridge)
{
    auto const names = verb + " INPUT -i " + bridge;
    return "*filter\n" + names + " -p udp --dport 53 -j ACCEPT\n" + names + " -p tcp --dport 53 -j ACCEPT\n"
           + verb + " FORWARD -i " + bridge + " -j ACCEPT\n"
           + verb + " FORWARD -o " + bridge + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\nCOMMIT\n";
}

inline bool is_subnet_v6(std::string const& subnet)
{
    return subnet.find(':') != subnet.npos;
}

/// Before the rules of others decide on a packet, and by the address that it was sent to: whatever they made of that.
/// Names may be asked for at those addresses, where some clouds have their servers.
/// @param packets  which ones: `CHAIN` with what tells them from others there
inline std::string block_rules(std::string const& verb, std::vector<std::string> const& packets, bool is_v6)
{
    std::string text = "*mangle\n";
    auto const services = is_v6 ? std::vector<std::string>{"fd00:ec2::254/128", "fd20:ce::254/128"}
                                : std::vector<std::string>{"169.254.0.0/16", "168.63.129.16/32"};
    for (auto const& some : packets)
        for (auto const& service : services)
            text += verb + " " + some + " -p tcp -m conntrack --ctorigdst " + service + " ! --ctorigdstport 53 -j DROP\n";
    return text + "COMMIT\n";
}

/// Steps reach what is joined to their bridge, the metadata service of their run among it.
inline std::string bridge_block_rules(std::string const& verb, std::string const& bridge, bool is_v6)
{
    return block_rules(verb, {"INPUT -i " + bridge, "FORWARD -i " + bridge + " ! -o " + bridge}, is_v6);
}

ACRX_DECL std::string firewall_rules(std::string const& verb, std::string const& bridge, std::string const& subnet,
                                     metadata_reach reach)
{
    return nat_rules(verb, bridge, subnet) + filter_rules(verb, bridge)
           + (reach == metadata_reach::closed ? bridge_block_rules(verb, bridge, is_subnet_v6(subnet)) : "");
}

/// Of IPv4, and of IPv6 where the network has it.
inline std::vector<std::string> subnets_of(netavark_network const& network)
{
    std::vector<std::string> subnets{network.subnet.canonical().to_string()};
    if (network.ipv6)
        subnets.push_back(ipv6_beside(network.subnet.address()).canonical().to_string());
    return subnets;
}

ACRX_DECL std::string metadata_rules(std::string const& verb, std::string const& subnet)
{
    return block_rules(verb, {"INPUT -s " + subnet, "FORWARD -s " + subnet}, is_subnet_v6(subnet));
}

inline net::awaitable<child_result> restore_rules(std::string rules, bool is_v6 = false)
{
    child_command command;
    command.args = {find_network_helper(is_v6 ? "ip6tables-restore" : "iptables-restore").string(), "--noflush", "--wait",
                    "20"};
    command.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    command.input = std::move(rules);
    command.timeout = std::chrono::seconds(60);
    auto result = co_await run_child(std::move(command));
    co_return result;
}

ACRX_DECL net::awaitable<void> add_firewall_rules(netavark_network network, metadata_reach reach)
{
    for (auto const& subnet : subnets_of(network)) {
        // Before those of a firewall that refuses what it does not know.
        auto rules = firewall_rules("-I", network.bridge, subnet, reach);
        auto const result = co_await restore_rules(std::move(rules), is_subnet_v6(subnet));
        if (result.code != 0)
            throw error(errc::unavailable, "adding firewall rules for the bridge " + network.bridge + ": " + result.err);
    }
}

ACRX_DECL net::awaitable<void> remove_firewall_rules(netavark_network network, metadata_reach reach)
{
    for (auto const& subnet : subnets_of(network)) {
        bool const is_v6 = is_subnet_v6(subnet);
        auto all = firewall_rules("-D", network.bridge, subnet, reach);
        auto const result = co_await restore_rules(std::move(all), is_v6);
        if (result.code == 0)
            continue;
        // One that is missing fails the table it should be in.
        std::vector<std::string> tables{nat_rules("-D", network.bridge, subnet), filter_rules("-D", network.bridge),
                                        bridge_block_rules("-D", network.bridge, is_v6)};
        for (auto& rules : tables)
            co_await restore_rules(std::move(rules), is_v6);
    }
}

ACRX_DECL net::awaitable<void> close_metadata(std::string subnet)
{
    auto rules = metadata_rules("-I", subnet);
    auto const result = co_await restore_rules(std::move(rules), is_subnet_v6(subnet));
    if (result.code != 0)
        throw error(errc::unavailable,
                    "keeping the containers of " + subnet + " from the metadata service of this machine: " + result.err,
                    "It needs root and iptables.");
}

ACRX_DECL net::awaitable<void> open_metadata(std::string subnet)
{
    auto rules = metadata_rules("-D", subnet);
    co_await restore_rules(std::move(rules), is_subnet_v6(subnet));
}

/// Puts a rule before all others of OUTPUT, once.
inline net::awaitable<child_result> begin_output_with(std::vector<std::string> rule, std::string table, bool is_v6)
{
    child_command command;
    child_result result;
    for (std::string const verb : {"-C", "-I"}) {
        command.args = {find_network_helper(is_v6 ? "ip6tables" : "iptables").string(), "--wait", "20", "-t", table, verb, "OUTPUT"};
        command.args.insert(command.args.end(), rule.begin(), rule.end());
        command.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
        command.timeout = std::chrono::seconds(60);
        auto child = run_child(command);
        result = co_await std::move(child);
        if (result.code == 0)
            co_return result;
    }
    co_return result;
}

ACRX_DECL net::awaitable<void> close_metadata_of_group(std::string group)
{
    std::string const chain = "ACRX-CLOSED";
    for (bool const is_v6 : {false, true}) {
        if (is_v6 && !std::filesystem::exists("/proc/net/if_inet6"))
            co_return;
        // A chain that is named so begins anew, in one step with its rules.
        auto rules = block_rules("-A", {chain + " -m cgroup --path " + group}, is_v6);
        rules.insert(rules.find('\n') + 1, ":" + chain + " - [0:0]\n");
        auto result = co_await restore_rules(std::move(rules), is_v6);
        if (result.code == 0) {
            std::vector<std::string> jump{"-j", chain};
            result = co_await begin_output_with(std::move(jump), "mangle", is_v6);
        }
        if (result.code != 0)
            throw error(errc::unavailable, "adding firewall rules for the control group " + group + ": " + result.err);
    }
}

ACRX_DECL net::awaitable<void> close_port_of_group(std::string group, std::uint16_t port)
{
    for (bool const is_v6 : {false, true}) {
        if (is_v6 && !std::filesystem::exists("/proc/net/if_inet6"))
            co_return;
        std::vector<std::string> rule{"-o", "lo", "-p", "tcp", "--dport", std::to_string(port), "-m", "cgroup", "--path", group,
                                      "-j", "REJECT", "--reject-with", "tcp-reset"};
        auto const result = co_await begin_output_with(std::move(rule), "filter", is_v6);
        if (result.code != 0)
            throw error(errc::unavailable, "adding firewall rules for the control group " + group + ": " + result.err);
    }
}

inline void write_setting(std::filesystem::path const& setting, std::string_view value)
{
    unique_fd const file(::open(setting.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file || ::write(file.get(), value.data(), value.size()) != static_cast<ssize_t>(value.size()))
        throw error(errc::no_permission, "writing " + setting.string(), "Networks of steps need it to be writable.");
}

inline bool is_set_to(std::filesystem::path const& setting, char value)
{
    return read_file_if_exists(setting, 16).value_or("").starts_with(value);
}

/// A machine that hands on packets takes no routes from others, unless it is told to do both.
inline void keep_learned_routes()
{
    for (auto const& link : std::filesystem::directory_iterator("/proc/sys/net/ipv6/conf"))
        if (auto const setting = link.path() / "accept_ra"; is_set_to(setting, '1'))
            write_setting(setting, "2");
}

ACRX_DECL void switch_forwarding_on(bool ipv6)
{
    if (std::filesystem::path const setting = "/proc/sys/net/ipv4/ip_forward"; !is_set_to(setting, '1'))
        write_setting(setting, "1");
    std::filesystem::path const sixth = "/proc/sys/net/ipv6/conf/all/forwarding";
    if (!ipv6 || is_set_to(sixth, '1'))
        return;
    keep_learned_routes();
    write_setting(sixth, "1");
}
}  // namespace acrx::detail
#endif
