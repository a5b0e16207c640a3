// Bodies of executor/detail/netavark.hpp.
#ifndef ACRX_EXECUTOR_IMPL_NETAVARK_IPP
#define ACRX_EXECUTOR_IMPL_NETAVARK_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/ipv6_subnet.hpp>
#include <acrx/executor/detail/netavark.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <span>
#include <string_view>

namespace acrx::detail {
ACRX_DECL std::filesystem::path find_network_helper(std::string const& name)
{
    for (std::filesystem::path const folder : {"/usr/local/libexec/podman", "/usr/local/lib/podman", "/usr/libexec/podman",
                                               "/usr/lib/podman", "/usr/local/sbin", "/usr/local/bin",
                                               "/usr/sbin", "/usr/bin", "/sbin"})
        if (::access((folder / name).c_str(), X_OK) == 0)
            return folder / name;
    return {};
}

/// A name of 64 hexadecimal digits, as container engines give their networks; netavark names its rules after it.
inline std::string network_id(netavark_network const& network)
{
    auto const text = network.bridge + "/" + network.subnet.to_string() + "/" + network.name;
    return std::string(digest_of(text).encoded());
}

inline boost::json::array port_list(std::vector<published_port> const& ports)
{
    boost::json::array list;
    for (auto const& port : ports)
        list.push_back({{"container_port", port.container_port},
                        {"host_port", port.host_port},
                        {"host_ip", port.host_address == "0.0.0.0" ? std::string() : port.host_address},
                        {"protocol", port.protocol},
                        {"range", 1}});
    return list;
}

ACRX_DECL std::string netavark_input(netavark_network const& network, netavark_member const& member)
{
    namespace json = boost::json;
    auto const& subnet = network.subnet;
    json::array ranges{json::object{{"subnet", subnet.canonical().to_string()}, {"gateway", subnet.address().to_string()}}};
    json::array addresses{json::value(member.address.to_string())};
    if (network.ipv6) {
        auto const bridge = ipv6_beside(subnet.address());
        ranges.push_back({{"subnet", bridge.canonical().to_string()}, {"gateway", bridge.address().to_string()}});
        addresses.push_back(json::value(ipv6_beside(member.address).address().to_string()));
    }
    json::object const place{{"static_ips", std::move(addresses)},
                             {"interface_name", "eth0"},
                             {"aliases", json::array(member.names.begin(), member.names.end())}};
    json::object const properties{{"name", network.name},
                                  {"id", network_id(network)},
                                  {"driver", "bridge"},
                                  {"network_interface", network.bridge},
                                  {"subnets", std::move(ranges)},
                                  {"ipv6_enabled", network.ipv6},
                                  {"internal", false},
                                  {"dns_enabled", false},
                                  {"ipam_options", json::object{{"driver", "host-local"}}}};
    json::object const input{{"container_id", member.id},
                             {"container_name", member.names.empty() ? member.id : member.names.front()},
                             {"port_mappings", port_list(member.ports)},
                             {"networks", json::object{{network.name, place}}},
                             {"network_info", json::object{{network.name, properties}}}};
    return json::serialize(input);
}

/// netavark writes `{"error":"…"}` to its standard output.
inline std::string netavark_words(child_result const& result)
{
    error_code bad;
    auto const said = boost::json::parse(result.out, bad);
    if (!bad && said.is_object())
        if (auto const* words = said.as_object().if_contains("error"); words != nullptr && words->is_string())
            return words->as_string().c_str();
    return result.out + result.err;
}

ACRX_DECL net::awaitable<void> call_netavark(std::string action, std::filesystem::path config, std::string name_space,
                                             std::string input)
{
    child_command command;
    command.args = {find_network_helper("netavark").string(), "--config",        config.string(), "--aardvark-binary",
                    find_network_helper("aardvark-dns").string(), action, name_space};
    command.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    command.input = std::move(input);
    command.timeout = std::chrono::seconds(60);
    auto const result = co_await run_child(std::move(command));
    if (result.code != 0)
        throw error(errc::unavailable, "netavark " + action + ": " + netavark_words(result));
}

inline std::filesystem::path dns_folder(std::filesystem::path const& config)
{
    return config / "aardvark-dns";
}

/// Whether a program of this machine listens there; the kernel's table has addresses in the order of their bytes.
inline bool is_udp_bound(net::ip::address_v4 const& address, unsigned port)
{
    char wanted[32];
    auto const number = htonl(static_cast<std::uint32_t>(address.to_uint()));
    std::snprintf(wanted, sizeof wanted, " %08X:%04X ", number, port);
    std::ifstream table("/proc/net/udp");
    for (std::string line; std::getline(table, line);)
        if (line.find(wanted) != line.npos)
            return true;
    return false;
}

ACRX_DECL net::awaitable<void> start_dns_server(netavark_network network)
{
    auto const address = network.subnet.address();
    write_file(dns_folder(network.config) / network.name, address.to_string() + "\n");
    child_command command;  // the server keeps what it is given as its outputs
    command.args = {"/bin/sh", "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", find_network_helper("aardvark-dns").string(),
                    "--config", dns_folder(network.config).string(), "-p", "53", "run"};
    command.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    command.timeout = std::chrono::seconds(20);
    auto const result = co_await run_child(std::move(command));
    net::steady_timer pause(co_await net::this_coro::executor);
    for (int tries = 0; result.code == 0 && tries < 2000; ++tries) {
        if (is_udp_bound(address, 53))
            co_return;
        pause.expires_after(std::chrono::milliseconds(2));
        co_await pause.async_wait(net::use_awaitable);
    }
    throw error(errc::unavailable, "starting the DNS server at " + address.to_string());
}

/// The process id of the DNS server, if it is still that: numbers are given away again.
inline pid_t dns_server_of(std::filesystem::path const& config)
{
    auto const text = read_file_if_exists(dns_folder(config) / "aardvark.pid", 64).value_or("");
    pid_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    if (id <= 1)
        return 0;
    unique_fd const file(::open(("/proc/" + std::to_string(id) + "/cmdline").c_str(), O_RDONLY | O_CLOEXEC));
    std::string words(4096, '\0');
    auto const size = file ? ::read(file.get(), words.data(), words.size()) : 0;
    words.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return words.find(dns_folder(config).string()) != words.npos ? id : 0;
}

inline void tell_dns_server(std::filesystem::path const& config)
{
    if (auto const id = dns_server_of(config); id > 1)
        ::kill(id, SIGHUP);
}

/// The lines about members: `ID IPv4 IPv6 NAME,NAME,…`, after one with the addresses of the bridge.
ACRX_DECL void add_dns_names(netavark_network const& network, netavark_member const& member)
{
    auto const sixth = network.ipv6 ? ipv6_beside(member.address).address().to_string() : std::string();
    auto line = member.id + " " + member.address.to_string() + " " + sixth + " ";
    for (auto const& name : member.names)
        line += (line.ends_with(' ') ? "" : ",") + name;
    line += '\n';
    file_lock const lock(network.config / "aardvark.lock");
    auto const path = dns_folder(network.config) / network.name;
    unique_fd const file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (!file)
        throw_file_errno("opening " + path.string());
    write_all(file.get(), std::as_bytes(std::span(line)), path);
    tell_dns_server(network.config);
}

/// In place and without moving anything: however much of it the server reads, it reads whole lines.
ACRX_DECL void remove_dns_names(netavark_network const& network, std::string const& id, bool is_missed)
{
    file_lock const lock(network.config / "aardvark.lock");
    auto const path = dns_folder(network.config) / network.name;
    unique_fd const file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (!file)
        throw_file_errno("opening " + path.string());
    auto const text = read_file(path, std::uint64_t{16} << 20);
    auto const start = text.find("\n" + id + " ");
    if (start == text.npos)
        return;
    auto line = text.substr(start + 1, text.find('\n', start + 1) - start - 1);
    auto const id_end = line.find(' ');
    auto const addresses_end = line.find(' ', line.find(' ', id_end + 1) + 1);
    for (std::size_t i = 0; i < line.size(); ++i)
        if ((i < id_end || i > addresses_end) && line[i] != ' ' && line[i] != ',')
            line[i] = '-';
    if (::pwrite(file.get(), line.data(), line.size(), static_cast<off_t>(start + 1)) != static_cast<ssize_t>(line.size()))
        throw_file_errno("writing " + path.string());
    if (is_missed)
        tell_dns_server(network.config);
}

ACRX_DECL void kill_dns_server(std::filesystem::path const& config) noexcept
{
    try {
        if (auto const id = dns_server_of(config); id > 1)
            ::kill(id, SIGKILL);
    } catch (...) {  // its files are gone: so is it
    }
}
}  // namespace acrx::detail
#endif
