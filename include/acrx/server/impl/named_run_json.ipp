// Bodies of server/run_json.hpp: named runs and agent pools.
#ifndef ACRX_SERVER_IMPL_NAMED_RUN_JSON_IPP
#define ACRX_SERVER_IMPL_NAMED_RUN_JSON_IPP
#include <acrx/core/clock.hpp>
#include <acrx/server/request_json.hpp>
#include <acrx/server/run_json.hpp>
#include <acrx/server/step_json.hpp>

#include <boost/json/value.hpp>

#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
/// A named run is provisioned when its run is over.
inline std::string_view provisioning_state(std::optional<run_record> const& newest)
{
    if (!newest || newest->status == run_status::succeeded)
        return "Succeeded";
    if (!is_final(newest->status))
        return "Creating";
    return newest->status == run_status::canceled ? "Canceled" : "Failed";
}
}  // namespace detail

ACRX_DECL boost::json::object to_json(named_run const& run, std::optional<run_record> const& newest, arm_path const& path)
{
    boost::json::object inner;
    inner["provisioningState"] = detail::provisioning_state(newest);
    inner["runRequest"] = to_json(run.request, path);
    if (newest)
        inner["runResult"] = to_json(*newest, path);
    detail::put(inner, "forceUpdateTag", run.force_update_tag);
    boost::json::object made;
    made["id"] = path.id_of("taskRuns", run.name);
    made["name"] = run.name;
    made["type"] = "Microsoft.ContainerRegistry/registries/taskRuns";
    detail::put(made, "location", run.location);
    made["tags"] = detail::to_json_table(run.tags);
    if (auto identity = to_json(run.request.identity); !identity.empty())
        made["identity"] = std::move(identity);
    made["properties"] = std::move(inner);
    return made;
}

ACRX_DECL void read_named_run(detail::json_fields const& from, named_run& into)
{
    from.read("location", into.location);
    from.read("tags", into.tags);
    if (auto const inner = from.object("properties")) {
        auto const identity = into.request.identity;
        if (auto const request = inner->object("runRequest")) {
            into.request = read_run_request(*request);
            into.request.identity = identity;
        }
        inner->read("forceUpdateTag", into.force_update_tag);
    }
    read_identity(from, into.request.identity);
}

ACRX_DECL boost::json::object to_json(agent_pool const& pool, arm_path const& path)
{
    boost::json::object inner;
    inner["count"] = pool.count;
    inner["tier"] = pool.tier;
    inner["os"] = pool.os;
    detail::put(inner, "virtualNetworkSubnetResourceId", pool.subnet);
    inner["provisioningState"] = "Succeeded";
    boost::json::object made;
    made["id"] = path.id_of("agentPools", pool.name);
    made["name"] = pool.name;
    made["type"] = "Microsoft.ContainerRegistry/registries/agentPools";
    detail::put(made, "location", pool.location);
    made["tags"] = detail::to_json_table(pool.tags);
    made["properties"] = std::move(inner);
    return made;
}

ACRX_DECL void read_agent_pool(detail::json_fields const& from, agent_pool& into)
{
    constexpr unsigned most = 10'000;
    from.read("location", into.location);
    from.read("tags", into.tags);
    auto const inner = from.object("properties");
    if (!inner)
        return;
    inner->read("count", into.count, 0, most);
    inner->read("tier", into.tier);
    inner->read("os", into.os);
    inner->read("virtualNetworkSubnetResourceId", into.subnet);
}
}  // namespace acrx
#endif
