// Bodies of executor/detail/network_claim.hpp.
#ifndef ACRX_EXECUTOR_IMPL_NETWORK_CLAIM_IPP
#define ACRX_EXECUTOR_IMPL_NETWORK_CLAIM_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/network_claim.hpp>
#include <acrx/executor/detail/network_namespace.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <net/if.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>

namespace acrx::detail {
ACRX_DECL std::optional<network_folder> network_folder::claim(std::filesystem::path const& folder,
                                                              std::string const& name)
{
    std::filesystem::create_directories(folder);
    auto const made = temporary_name(folder, "new");
    if (::mkdir(made.c_str(), 0755) != 0)
        throw_file_errno("making the folder " + made.string());
    for (auto const* part : {"members", "hosts", "aardvark-dns"})
        std::filesystem::create_directory(made / part);
    file_lock lock(made / "lock");
    auto path = folder / name;
    if (::rename(made.c_str(), path.c_str()) == 0)
        return network_folder(std::move(path), std::move(lock));
    auto const number = errno;
    remove_tree(made);
    if (number == ENOTEMPTY || number == EEXIST)
        return std::nullopt;
    throw_errno(number, "making the folder " + path.string());
}

ACRX_DECL std::optional<network_folder> network_folder::take_over(std::filesystem::path const& path)
{
    if (::access((path / "lock").c_str(), F_OK) != 0)
        return std::nullopt;
    auto lock = file_lock::try_lock(path / "lock");
    if (!lock)
        return std::nullopt;
    return network_folder(path, std::move(*lock));
}

/// Tells this start of the machine from others, whose bridges are gone.
inline std::string boot_id()
{
    return read_file_if_exists("/proc/sys/kernel/random/boot_id", 64).value_or("");
}

ACRX_DECL void network_folder::record(netavark_network const& network) const
{
    boost::json::object const values{{"name", network.name},
                                     {"bridge", network.bridge},
                                     {"index", ::if_nametoindex(network.bridge.c_str())},
                                     {"boot", boot_id()},
                                     {"subnet", network.subnet.to_string()},
                                     {"ipv6", network.ipv6}};
    write_file(path_ / "network.json", boost::json::serialize(values));
}

ACRX_DECL std::optional<netavark_network> network_folder::recorded() const
{
    auto const text = read_file_if_exists(path_ / "network.json", 65536);
    if (!text)
        return std::nullopt;
    error_code bad;
    auto const values = boost::json::parse(*text, bad);
    auto const word = [&](char const* name) {
        auto const* const found = values.is_object() ? values.as_object().if_contains(name) : nullptr;
        return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
    };
    auto const* const index = values.is_object() ? values.as_object().if_contains("index") : nullptr;
    netavark_network network{word("name"), word("bridge"), {}, path_};
    network.subnet = net::ip::make_network_v4(word("subnet"), bad);
    auto const* const ipv6 = values.is_object() ? values.as_object().if_contains("ipv6") : nullptr;
    network.ipv6 = ipv6 != nullptr && *ipv6 == true;
    bool const same = index != nullptr && *index == ::if_nametoindex(network.bridge.c_str()) && word("boot") == boot_id();
    if (bad || network.bridge.empty() || !same)
        return std::nullopt;
    return network;
}

inline bool overlap(net::ip::network_v4 const& one, net::ip::network_v4 const& other)
{
    auto const length = std::min(one.prefix_length(), other.prefix_length());
    return net::ip::make_network_v4(one.address(), length).canonical()
           == net::ip::make_network_v4(other.address(), length).canonical();
}

ACRX_DECL netavark_network claim_bridge(std::string const& pool, std::filesystem::path const& config)
{
    error_code bad;
    auto const all = net::ip::make_network_v4(pool, bad);
    if (bad || all.prefix_length() > 24 || all.prefix_length() < 8)
        throw error(errc::invalid_argument, "using the addresses \"" + pool + "\" for networks",
                    "Name an IPv4 network of at least 256 addresses, such as 10.231.0.0/16.");
    auto const count = std::uint32_t{1} << (24 - all.prefix_length());
    auto const routes = routed_networks();
    auto const start = static_cast<std::uint32_t>(::getpid());
    for (std::uint32_t tried = 0; tried < count; ++tried) {
        auto const number = (start + tried) % count;
        auto const base = all.network().to_uint() + (number << 8);
        net::ip::network_v4 const subnet(net::ip::address_v4(base + 1), 24);
        auto const is_taken = [&](net::ip::network_v4 const& route) { return overlap(route, subnet); };
        if (std::any_of(routes.begin(), routes.end(), is_taken))
            continue;
        auto const bridge = "acrx" + std::to_string(number);
        if (make_bridge(bridge, subnet))
            return {bridge, bridge, subnet, config};
    }
    throw error(errc::unavailable, "making a network: all addresses of " + pool + " are in use");
}
}  // namespace acrx::detail
#endif
