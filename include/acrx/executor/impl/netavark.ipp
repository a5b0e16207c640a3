// Bodies of executor/detail/netavark.hpp.
#ifndef ACRX_EXECUTOR_IMPL_NETAVARK_IPP
#define ACRX_EXECUTOR_IMPL_NETAVARK_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/netavark.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <span>
#include <string_view>

namespace acrx::detail {
ACRX_DECL std::filesystem::path find_network_helper(std::string const& name)
{
    for (std::filesystem::path const folder : {"/usr/local/libexec/podman", "/usr/local/lib/podman", "/usr/libexec/podman",
                                               "/usr/lib/podman", "/usr/local/bin", "/usr/bin", "/usr/sbin"})
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
    json::object const range{{"subnet", subnet.canonical().to_string()}, {"gateway", subnet.address().to_string()}};
    json::object const place{{"static_ips", {member.address.to_string()}},
                             {"interface_name", "eth0"},
                             {"aliases", json::array(member.names.begin(), member.names.end())}};
    json::object const properties{{"name", network.name},
                                  {"id", network_id(network)},
                                  {"driver", "bridge"},
                                  {"network_interface", network.bridge},
                                  {"subnets", json::array{range}},
                                  {"ipv6_enabled", false},
                                  {"internal", false},
                                  {"dns_enabled", true},
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
    auto line = member.id + " " + member.address.to_string() + "  ";
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

ACRX_DECL void remove_dns_names(netavark_network const& network, std::string const& id)
{
    file_lock const lock(network.config / "aardvark.lock");
    auto const path = dns_folder(network.config) / network.name;
    auto const before = read_file_if_exists(path).value_or("");
    std::string after;
    for (std::string_view rest = before; !rest.empty();) {
        auto const line = rest.substr(0, rest.find('\n') + 1);
        if (line.empty())
            break;
        if (!line.starts_with(id + " "))
            after += line;
        rest.remove_prefix(line.size());
    }
    if (after.size() == before.size())
        return;
    write_file(path, after);
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
