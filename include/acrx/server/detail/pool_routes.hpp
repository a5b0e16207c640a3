// The routes of agent pools.
#ifndef ACRX_SERVER_DETAIL_POOL_ROUTES_HPP
#define ACRX_SERVER_DETAIL_POOL_ROUTES_HPP

#include <acrx/run/agent_pool.hpp>
#include <acrx/run/run_query.hpp>
#include <acrx/server/detail/stored_routes.hpp>
#include <acrx/server/run_json.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// Agent pools as `serve_stored` wants them; the action counts the runs in one that are not over.
template<class Service>
struct stored_pools
{
    using thing = agent_pool;
    static constexpr std::string_view collection = "agentPools";
    static constexpr std::string_view action = "listQueueStatus";
    static constexpr role writer = role::owner;
    static constexpr role actor = role::reader;

    Service* service;

    auto all() { return service->pools(); }
    auto find(std::string name) { return service->find_pool(std::move(name)); }
    auto remove(std::string name) { return service->remove_pool(std::move(name)); }
    void read(api_call&, json_fields const& fields, std::optional<thing> const&, thing& into) { read_agent_pool(fields, into); }
    net::awaitable<thing> save(api_call&, thing made) { return service->save_pool(std::move(made)); }
    net::awaitable<boost::json::object> describe(api_call& call, thing shown) { co_return to_json(shown, call.path); }
    net::awaitable<boost::json::object> act(api_call&, thing pool)
    {
        run_query query{.where = {{run_field::agent_pool, comparison::equal, pool.name}}, .is_going_on = true, .top = 0};
        auto const page = co_await service->runs(std::move(query));
        boost::json::object body;
        body["count"] = page.runs.size();
        co_return body;
    }
};
}  // namespace acrx::detail
#endif
