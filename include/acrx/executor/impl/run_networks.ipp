// Bodies of executor/detail/run_networks.hpp.
#ifndef ACRX_EXECUTOR_IMPL_RUN_NETWORKS_IPP
#define ACRX_EXECUTOR_IMPL_RUN_NETWORKS_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/run_networks.hpp>
#include <acrx/executor/detail/step_folder.hpp>

#include <exception>

namespace acrx::detail {
ACRX_DECL std::string run_of(step_key const& key)
{
    to_folder_name(key);
    return key.substr(0, key.find('/'));
}

ACRX_DECL std::string step_of(step_key const& key)
{
    auto const start = run_of(key).size() + 1;
    return key.substr(start, key.find('/', start) - start);
}

ACRX_DECL void run_networks::declare(std::string const& run, network_spec const& network)
{
    auto const doing = "making the network " + network.name;
    if (!network.driver.empty() && network.driver != "bridge")
        throw error(errc::not_supported, doing + " with the driver " + network.driver, "Use the driver `bridge`.");
    std::pair const place{run, network.name};
    auto options = options_;
    options.ipv6 = network.ipv6;
    if (!networks_.contains(place))
        networks_.emplace(place, std::make_shared<run_network>(folder_, run + "." + network.name, std::move(options)));
}

ACRX_DECL std::shared_ptr<run_network> run_networks::find(std::string const& run, std::string const& wanted) const
{
    auto const found = networks_.find({run, wanted});
    if (found == networks_.end())
        throw error(errc::not_found, "the network \"" + wanted + "\" of the run " + run);
    return found->second;
}

ACRX_DECL net::awaitable<network_place> run_networks::join(step_spec const& spec, step_key const& key)
{
    auto const network = find(run_of(key), spec.network_name);
    network_member member{spec.id.empty() ? step_of(key) : spec.id, spec.aliases, spec.ports, spec.extra_hosts};
    auto const id = member.id;
    auto place = co_await network->join(std::move(member));
    members_[key] = {network, id};
    co_return place;
}

ACRX_DECL net::awaitable<void> run_networks::leave(step_key key)
{
    auto left = members_.extract(key);
    if (left.empty())
        co_return;
    auto const [network, id] = left.mapped();
    co_await network->leave(id);
}

ACRX_DECL std::vector<published_port> run_networks::ports_of(step_key const& key) const
{
    auto const found = members_.find(key);
    return found == members_.end() ? std::vector<published_port>() : found->second.first->ports_of(found->second.second);
}

ACRX_DECL net::awaitable<void> run_networks::close(std::string run)
{
    std::vector<std::shared_ptr<run_network>> closing;
    std::erase_if(networks_, [&](auto const& one) {
        bool const is_of_run = one.first.first == run;
        if (is_of_run)
            closing.push_back(one.second);
        return is_of_run;
    });
    std::exception_ptr failure;
    for (auto const& network : closing) {
        try {
            co_await network->close();
        } catch (...) {
            failure = std::current_exception();
        }
    }
    if (failure)
        std::rethrow_exception(failure);
}
}  // namespace acrx::detail
#endif
