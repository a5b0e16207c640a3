// The networks that an executor has declared, by run and name.
#ifndef ACRX_EXECUTOR_DETAIL_RUN_NETWORKS_HPP
#define ACRX_EXECUTOR_DETAIL_RUN_NETWORKS_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/container_executor.hpp>
#include <acrx/executor/run_network.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// The first part of a key. @throws error (`errc::invalid_argument`) if it is none
ACRX_DECL std::string run_of(step_key const& key);
/// The part of a key that names the step.
ACRX_DECL std::string step_of(step_key const& key);

/// For one strand.
class run_networks
{
public:
    run_networks(std::filesystem::path folder, network_options options)
        : folder_(std::move(folder)), options_(std::move(options))
    {}

    std::filesystem::path const& folder() const noexcept { return folder_; }
    network_options const& options() const noexcept { return options_; }
    /// Does nothing if the run has one of that name.
    ACRX_DECL void declare(std::string const& run, network_spec const& network);
    /// @throws error (`errc::not_found`)
    ACRX_DECL std::shared_ptr<run_network> find(std::string const& run, std::string const& wanted) const;
    /// Gives a step its place in the network that its specification names.
    ACRX_DECL net::awaitable<network_place> join(step_spec const& spec, step_key const& key);
    /// Takes the place back.
    ACRX_DECL net::awaitable<void> leave(step_key key);
    /// Where a step is reached, in all networks of its run.
    ACRX_DECL std::vector<published_port> ports_of(step_key const& key) const;
    ACRX_DECL net::awaitable<void> close(std::string run);

private:
    using name = std::pair<std::string, std::string>;
    std::filesystem::path folder_;
    network_options options_;
    std::map<name, std::shared_ptr<run_network>> networks_;
    std::map<step_key, std::pair<std::shared_ptr<run_network>, std::string>> members_;  ///< and their ids there
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/run_networks.ipp>
#endif
#endif
