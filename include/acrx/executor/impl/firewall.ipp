// Bodies of executor/detail/firewall.hpp.
#ifndef ACRX_EXECUTOR_IMPL_FIREWALL_IPP
#define ACRX_EXECUTOR_IMPL_FIREWALL_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/firewall.hpp>
#include <acrx/executor/detail/netavark.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace acrx::detail {
inline std::string nat_rules(std::string const& verb, std::string const& bridge, net::ip::network_v4 const& subnet)
{
    return "*nat\n" + verb + " POSTROUTING -s " + subnet.canonical().to_string() + " ! -o " + bridge
           + " -j MASQUERADE\nCOMMIT\n";
}

inline std::string filter_rules(std::string const& verb, std::string const& bridge)
{
    auto const names = verb + " INPUT -i " + bridge;
    return "*filter\n" + names + " -p udp --dport 53 -j ACCEPT\n" + names + " -p tcp --dport 53 -j ACCEPT\n"
           + verb + " FORWARD -i " + bridge + " -j ACCEPT\n"
           + verb + " FORWARD -o " + bridge + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\nCOMMIT\n";
}

ACRX_DECL std::string firewall_rules(std::string const& verb, std::string const& bridge,
                                     net::ip::network_v4 const& subnet)
{
    return nat_rules(verb, bridge, subnet) + filter_rules(verb, bridge);
}

inline net::awaitable<child_result> restore_rules(std::string rules)
{
    child_command command;
    command.args = {find_network_helper("iptables-restore").string(), "--noflush", "--wait", "20"};
    command.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    command.input = std::move(rules);
    command.timeout = std::chrono::seconds(60);
    auto result = co_await run_child(std::move(command));
    co_return result;
}

ACRX_DECL net::awaitable<void> add_firewall_rules(std::string bridge, net::ip::network_v4 subnet)
{
    auto rules = firewall_rules("-I", bridge, subnet);  // before those of a firewall that refuses what it does not know
    auto const result = co_await restore_rules(std::move(rules));
    if (result.code != 0)
        throw error(errc::unavailable, "adding firewall rules for the bridge " + bridge + ": " + result.err);
}

ACRX_DECL net::awaitable<void> remove_firewall_rules(std::string bridge, net::ip::network_v4 subnet)
{
    auto all = firewall_rules("-D", bridge, subnet);
    auto const result = co_await restore_rules(std::move(all));
    if (result.code == 0)
        co_return;
    // One that is missing fails the table it should be in.
    auto nat = nat_rules("-D", bridge, subnet);
    co_await restore_rules(std::move(nat));
    auto filter = filter_rules("-D", bridge);
    co_await restore_rules(std::move(filter));
}

ACRX_DECL void switch_forwarding_on()
{
    constexpr char const* setting = "/proc/sys/net/ipv4/ip_forward";
    if (read_file_if_exists(setting, 16).value_or("").starts_with('1'))
        return;
    unique_fd const file(::open(setting, O_WRONLY | O_CLOEXEC));
    if (!file || ::write(file.get(), "1", 1) != 1)
        throw error(errc::no_permission, "switching the forwarding of IPv4 on",
                    "Networks of steps need a writable " + std::string(setting) + ".");
}
}  // namespace acrx::detail
#endif
