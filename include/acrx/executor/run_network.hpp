// The network of one run, in which its steps find each other by name.
#ifndef ACRX_EXECUTOR_RUN_NETWORK_HPP
#define ACRX_EXECUTOR_RUN_NETWORK_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/metadata_service.hpp>
#include <acrx/executor/step_spec.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// What a network of a run is.
enum class network_form
{
    bridge,  ///< each step has an address; outbound access where this machine has it; published ports; DNS
    shared,  ///< all steps are in one network namespace
};

/// How networks are made.
struct network_options
{
    std::string subnets = "10.231.0.0/16";  ///< each network takes 256 addresses of these that are free here
    bool ipv6 = false;                      ///< a bridge has unique local IPv6 addresses, too
    bool bridge = true;                     ///< false makes the network `network_form::shared` in any case
    bool way_out = true;                    ///< gives such a network a way out, by slirp4netns where that is installed
    /// Stands for the metadata service of the machine's cloud, which steps do not reach then; without, they do.
    std::optional<metadata_service> metadata = {};
};

/// A step that joins a network.
struct network_member
{
    std::string id;                    ///< its first name; letters, digits, `.`, `_` and `-`
    std::vector<std::string> aliases;  ///< further names
    std::vector<published_port> ports;
    std::vector<std::pair<std::string, std::string>> extra_hosts;  ///< name and address, for its /etc/hosts
};

namespace detail {
class network_state;
}

/// A bridge with DNS, by netavark and aardvark-dns; needs root. Nothing is made before the first step joins.
///
/// The first step that joins waits some 20 milliseconds for bridge, firewall rules and DNS server; the others join in
/// about two; those that publish ports need netavark, which takes some 150. Names are also in /etc/hosts of every step, which follows
/// those that come and go. Forwarding of IPv4, or of both, is switched on for this machine, as container engines do it.
///
/// Where netavark is missing, or the kernel refuses bridges, as it does to ordinary users, all steps share one network
/// namespace: they find each other by name at 127.0.0.1. slirp4netns is their way out, and hands on published ports; where it
/// cannot, they have neither, and `explanation` says why.
///
/// The namespaces end with this process. Bridge, rules and DNS server of a process that was killed are removed by
/// `reap_networks`.
/// @par Thread safety  one object: one strand. Must stay in place while one of its operations is awaited.
class run_network
{
public:
    /// @param folder  takes one folder a network; on a filesystem of this machine, which knows locks
    /// @param name    tells the networks of a folder apart; letters, digits, `.`, `_` and `-`
    ACRX_DECL run_network(std::filesystem::path folder, std::string name, network_options options = {});
    ACRX_DECL run_network(run_network&&) noexcept;
    ACRX_DECL run_network& operator=(run_network&&) noexcept;
    /// Leaves to `reap_networks` what was not closed.
    ACRX_DECL ~run_network();

    /// Makes the network now. Further calls do nothing.
    ACRX_DECL net::awaitable<void> open();
    /// Makes a place for a step, and the network if need be. Ports whose `host_port` is 0 get one: see `ports_of`.
    /// @return the place; good until `leave`
    /// @throws error (`errc::invalid_argument`) for a name or port that is taken;
    ///         (`errc::not_supported`) for ports in a network without a way out; (`errc::no_permission`)
    ACRX_DECL net::awaitable<network_place> join(network_member member);
    /// The ports that a member publishes.
    ACRX_DECL std::vector<published_port> ports_of(std::string const& id) const;
    /// Takes a place away; processes that are still in it lose the network. Does nothing for an unknown id.
    ACRX_DECL net::awaitable<void> leave(std::string id);
    /// Takes everything away. The object may be opened again.
    ACRX_DECL net::awaitable<void> close();

    /// What it is, once it is open.
    ACRX_DECL network_form form() const noexcept;
    /// Why it has no way out, for a log; empty if it has one.
    ACRX_DECL std::string const& explanation() const noexcept;

private:
    std::unique_ptr<detail::network_state> state_;
};

/// Removes the networks that processes which live no more have left in a folder: bridges, firewall rules, DNS servers.
/// @return their names
ACRX_DECL net::awaitable<std::vector<std::string>> reap_networks(std::filesystem::path folder);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/run_network.ipp>
#endif
#endif
