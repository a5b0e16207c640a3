// Bodies of executor/run_network.hpp.
#ifndef ACRX_EXECUTOR_IMPL_RUN_NETWORK_IPP
#define ACRX_EXECUTOR_IMPL_RUN_NETWORK_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/firewall.hpp>
#include <acrx/executor/detail/network_state.hpp>
#include <acrx/executor/run_network.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <system_error>

namespace acrx {
ACRX_DECL run_network::run_network(std::filesystem::path folder, std::string name, network_options options)
    : state_(std::make_unique<detail::network_state>(std::move(folder), std::move(name), std::move(options)))
{}

ACRX_DECL run_network::run_network(run_network&&) noexcept = default;
ACRX_DECL run_network& run_network::operator=(run_network&&) noexcept = default;
ACRX_DECL run_network::~run_network() = default;

ACRX_DECL net::awaitable<void> run_network::open()
{
    return state_->open();
}

ACRX_DECL net::awaitable<network_place> run_network::join(network_member member)
{
    return state_->join(std::move(member));
}

ACRX_DECL std::vector<published_port> run_network::ports_of(std::string const& id) const
{
    auto const found = state_->members.find(id);
    return found == state_->members.end() ? std::vector<published_port>() : found->second.wish.ports;
}

ACRX_DECL net::awaitable<void> run_network::leave(std::string id)
{
    return state_->leave(std::move(id));
}

ACRX_DECL net::awaitable<void> run_network::close()
{
    return state_->close();
}

ACRX_DECL network_form run_network::form() const noexcept
{
    return state_->form;
}

ACRX_DECL std::string const& run_network::explanation() const noexcept
{
    return state_->explanation;
}

namespace detail {
/// The address that netavark was given for a member; nothing if the record is damaged.
inline std::optional<net::ip::address_v4> address_in(std::string const& input, std::string const& network)
{
    error_code bad;
    auto const values = boost::json::parse(input, bad);
    if (bad)
        return std::nullopt;
    auto const* const place = values.find_pointer("/networks/" + network + "/static_ips/0", bad);
    if (place == nullptr || !place->is_string())
        return std::nullopt;
    auto const address = net::ip::make_address_v4(std::string(place->as_string()), bad);
    return bad ? std::nullopt : std::optional(address);
}

/// netavark only takes away what is there: a namespace with the link that died with the process.
inline net::awaitable<void> take_away_member(netavark_network const& network, std::filesystem::path const& file)
{
    auto const input = read_file(file, std::uint64_t{1} << 20);
    auto const address = address_in(input, network.name);
    if (!address)
        co_return;
    auto const space = network_namespace::make();
    net::ip::network_v4 const place(*address, network.subnet.prefix_length());
    try {
        plug_in(space, network.bridge, place, network.subnet.address());
        co_await call_netavark("teardown", network.config, space.path(), input);
    } catch (error const&) {  // the bridge, and what else can be, is removed nevertheless
    }
}

inline net::awaitable<void> reap_network(network_folder folder)
{
    if (auto const network = folder.recorded()) {
        std::vector<std::filesystem::path> files;
        for (auto const& entry : std::filesystem::directory_iterator(folder.path() / "members"))
            files.push_back(entry.path());
        // The network's own member is the last: with it go the rules of all.
        std::sort(files.begin(), files.end());
        std::stable_partition(files.begin(), files.end(), [](auto const& f) { return f.stem() != network_itself; });
        for (auto const& file : files) {
            if (file.stem() == network_itself)
                unplug_all(network->bridge);
            co_await take_away_member(*network, file);
        }
        kill_dns_server(folder.path());
        if (!find_network_helper("iptables-restore").empty())
            co_await remove_firewall_rules(*network, metadata_reach::closed);
        remove_bridge(network->bridge);
    }
    kill_dns_server(folder.path());
    remove_tree(folder.path());
}
}  // namespace detail

ACRX_DECL net::awaitable<std::vector<std::string>> reap_networks(std::filesystem::path folder)
{
    folder = std::filesystem::absolute(folder);
    std::vector<std::filesystem::path> found;
    std::error_code missing;
    for (auto const& entry : std::filesystem::directory_iterator(folder, missing))
        found.push_back(entry.path());
    std::vector<std::string> reaped;
    for (auto const& path : found) {
        auto const name = path.filename().string();
        if (name.starts_with("new.")) {
            if (is_abandoned(name))
                remove_tree(path);
            continue;
        }
        auto left = detail::network_folder::take_over(path);
        if (!left)
            continue;
        auto reaping = detail::reap_network(std::move(*left));
        co_await detail::unstoppable(std::move(reaping));
        reaped.push_back(name);
    }
    co_return reaped;
}
}  // namespace acrx
#endif
