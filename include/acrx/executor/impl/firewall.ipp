// Bodies of executor/detail/firewall.hpp.
#ifndef ACRX_EXECUTOR_IMPL_FIREWALL_IPP
#define ACRX_EXECUTOR_IMPL_FIREWALL_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/firewall.hpp>
#include <acrx/executor/detail/ipv6_subnet.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
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

ACRX_DECL std::string firewall_rules(std::string const& verb, std::string const& bridge, std::string const& subnet)
{
    return nat_rules(verb, bridge, subnet) + filter_rules(verb, bridge);
}

/// The program that reads the rules of an address family, and the subnet in them.
using firewall_family = std::pair<char const*, std::string>;

inline std::vector<firewall_family> families_of(netavark_network const& network)
{
    std::vector<firewall_family> families{{"iptables-restore", network.subnet.canonical().to_string()}};
    if (network.ipv6)
        families.emplace_back("ip6tables-restore", ipv6_beside(network.subnet.address()).canonical().to_string());
    return families;
}

inline net::awaitable<child_result> restore_rules(std::string program, std::string rules)
{
    child_command command;
    command.args = {find_network_helper(program).string(), "--noflush", "--wait", "20"};
    command.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    command.input = std::move(rules);
    command.timeout = std::chrono::seconds(60);
    auto result = co_await run_child(std::move(command));
    co_return result;
}

ACRX_DECL net::awaitable<void> add_firewall_rules(netavark_network network)
{
    for (auto const& [program, subnet] : families_of(network)) {
        auto rules = firewall_rules("-I", network.bridge, subnet);  // before those of a firewall that refuses what it does not know
        auto const result = co_await restore_rules(program, std::move(rules));
        if (result.code != 0)
            throw error(errc::unavailable, "adding firewall rules for the bridge " + network.bridge + ": " + result.err);
    }
}

ACRX_DECL net::awaitable<void> remove_firewall_rules(netavark_network network)
{
    for (auto const& [program, subnet] : families_of(network)) {
        auto all = firewall_rules("-D", network.bridge, subnet);
        auto const result = co_await restore_rules(program, std::move(all));
        if (result.code == 0)
            continue;
        // One that is missing fails the table it should be in.
        auto nat = nat_rules("-D", network.bridge, subnet);
        co_await restore_rules(program, std::move(nat));
        auto filter = filter_rules("-D", network.bridge);
        co_await restore_rules(program, std::move(filter));
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
