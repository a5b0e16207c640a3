// What `run_network` holds: the network's claim, its own namespace, and its members.
#ifndef ACRX_EXECUTOR_DETAIL_NETWORK_STATE_HPP
#define ACRX_EXECUTOR_DETAIL_NETWORK_STATE_HPP

#include <acrx/core/async_once.hpp>
#include <acrx/executor/detail/firewall.hpp>
#include <acrx/executor/detail/metadata_listener.hpp>
#include <acrx/executor/detail/network_claim.hpp>
#include <acrx/executor/detail/network_namespace.hpp>
#include <acrx/executor/detail/user_network.hpp>
#include <acrx/executor/run_network.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acrx::detail {
/// A member with what is held for it.
struct joined_member
{
    network_member wish;
    net::ip::address_v4 address;
    std::optional<network_namespace> space;  ///< its own; in a shared network, none
    std::vector<unique_fd> held_ports;       ///< so that no other program takes them
    unique_fd hosts;                         ///< its /etc/hosts, open: it is written anew for everyone who comes or goes
    std::size_t hosts_size = 0;
    std::vector<std::int64_t> handed_on;  ///< its ports, as `user_network` knows them
    bool by_netavark = false;
};

class network_state
{
public:
    network_state(std::filesystem::path folder, std::string name, network_options options);

    net::awaitable<void> open();
    net::awaitable<network_place> join(network_member member);
    net::awaitable<void> leave(std::string id);
    net::awaitable<void> close();

    network_form form = network_form::bridge;
    std::string explanation;
    std::map<std::string, joined_member> members;

private:
    net::awaitable<bool> make();
    net::awaitable<void> make_bridged();
    net::awaitable<bool> bring_netavark_in();
    void share(std::string why, net::any_io_executor const& executor);
    net::awaitable<void> find_way_out();
    net::awaitable<void> hand_on_ports(joined_member& member);
    void serve_metadata(net::any_io_executor const& executor);
    metadata_reach reach() const { return options_.metadata ? metadata_reach::closed : metadata_reach::open; }
    net::awaitable<void> connect(joined_member& member);
    net::awaitable<void> disconnect(joined_member& member);
    net::awaitable<void> take_down();
    net::ip::address_v4 free_address() const;
    void write_hosts();
    netavark_member for_netavark(joined_member const& member) const;
    std::filesystem::path member_file(std::string const& id) const;

    std::filesystem::path folder_;
    std::string name_;
    network_options options_;
    std::unique_ptr<async_once<bool>> made_;
    std::unique_ptr<async_once<bool>> netavark_;
    bool is_up_ = false;
    std::optional<network_folder> claim_;
    netavark_network network_;
    std::optional<network_namespace> metadata_place_;  ///< of the metadata service, on a bridge
    std::unique_ptr<metadata_listener> metadata_;
    std::optional<network_namespace> own_;  ///< netavark's first member, which keeps its rules; or what is shared
    std::optional<user_network> way_out_;  ///< of what is shared
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/network_services.ipp>
#include <acrx/executor/impl/network_state.ipp>
#endif
#endif
