// Bodies of executor/detail/network_state.hpp: what a network has beside its members, a way out and a metadata service.
#ifndef ACRX_EXECUTOR_IMPL_NETWORK_SERVICES_IPP
#define ACRX_EXECUTOR_IMPL_NETWORK_SERVICES_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/network_state.hpp>

#include <string>
#include <utility>

namespace acrx::detail {
/// What keeps it from being made is said, and no failure: steps still find each other.
ACRX_DECL net::awaitable<void> network_state::find_way_out()
{
    if (!options_.way_out)
        co_return;
    std::string problem = "slirp4netns, which needs no rights, is not installed";
    try {
        if (options_.metadata)
            throw error(errc::not_supported, "slirp4netns would lead to the metadata service of this machine, too");
        auto folder = claim_->path();
        auto started = co_await user_network::start(*own_, std::move(folder));
        way_out_.emplace(std::move(started));
        explanation.clear();
        co_return;
    } catch (error const& e) {
        if (e.code() == condition::interrupted)
            throw;
        if (e.code() != errc::not_found)
            problem = e.doing();
    }
    explanation += "; " + problem;
}

/// On a bridge, as one more member that nobody outside has a way to: steps have all ports of theirs for themselves.
ACRX_DECL void network_state::serve_metadata(net::any_io_executor const& executor)
{
    if (!options_.metadata)
        return;
    unique_fd socket;
    if (form == network_form::bridge) {
        auto const address = net::ip::make_address_v4(metadata_address);
        metadata_place_ = network_namespace::make();
        plug_in_apart(*metadata_place_, network_.bridge, address, network_.subnet);
        socket = listen_in(*metadata_place_, address, 80);
    } else {
        socket = listen_in(*own_, net::ip::address_v4::loopback(), 0);
    }
    metadata_ = std::make_unique<metadata_listener>(executor, std::move(socket), *options_.metadata);
}

}  // namespace acrx::detail
#endif
