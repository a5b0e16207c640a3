// The routes of named runs (`taskRuns`) and agent pools.
#ifndef ACRX_SERVER_DETAIL_NAMED_RUN_ROUTES_HPP
#define ACRX_SERVER_DETAIL_NAMED_RUN_ROUTES_HPP

#include <acrx/run/agent_pool.hpp>
#include <acrx/run/named_run.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/run_json.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace acrx::detail {
/// A named run with its newest run.
template<class Service>
net::awaitable<boost::json::object> describe(Service& service, api_call& call, named_run named, bool shows_secrets)
{
    auto const newest = co_await service.find_run(named.run);
    if (!shows_secrets)
        named.request = without_secrets(std::move(named.request));
    co_return to_json(named, newest, call.path);
}

template<class Service>
net::awaitable<named_run> find_named_run(Service& service, api_call& call)
{
    auto found = co_await service.find_named_run(call.path.rest[1]);
    if (!found)
        throw_not_found(call.path.registry, "taskRuns/" + call.path.rest[1]);
    co_return std::move(*found);
}

/// Identities are an owner's to hand out, as for tasks: who may only run things neither names them, nor puts a request of
/// their own in the place of one that has some. To run such a request again is theirs.
/// @throws arm_refusal (403)
inline void check_identities(api_call const& call, json_fields const& fields, named_run const& wanted, std::optional<named_run> const& known)
{
    auto const properties = fields.object("properties");
    bool const is_as_before = known && call.is_method("PATCH") && !(properties && properties->has("runRequest"))
                              && wanted.request.identity == known->request.identity;
    if (call.who.role >= role::owner || is_as_before || wanted.request.identity == task_identity{})
        return;
    throw arm_refusal(403, "LinkedAuthorizationFailed",
                      "Only an owner may give identities to a run. Leave out identity, or let an owner store the task run.", "identity");
}

template<class Service>
net::awaitable<http_reply> save_named_run(Service& service, api_call& call)
{
    call.require(role::runner);
    auto const fields = co_await call.read_object();
    auto known = co_await service.find_named_run(call.path.rest[1]);
    if (!known && call.is_method("PATCH"))
        throw_not_found(call.path.registry, "taskRuns/" + call.path.rest[1]);
    named_run named;
    if (call.is_method("PATCH"))
        named = *known;
    else
        named.name = known ? known->name : call.path.rest[1];
    auto const properties = fields.object("properties");
    if (!known && (!properties || !properties->has("runRequest")))
        fields.refuse("properties.runRequest", "given");
    read_named_run(fields, named);
    check_identities(call, fields, named, known);
    auto saved = co_await service.save_named_run(std::move(named), call.who.name);
    auto const body = co_await describe(service, call, std::move(saved), false);
    co_return json_reply(known ? 200 : 201, body);
}

template<class Service>
net::awaitable<http_reply> list_named_runs(Service& service, api_call& call)
{
    std::vector<boost::json::object> items;
    for (auto& each : co_await service.named_runs()) {
        auto one = co_await describe(service, call, std::move(each), false);
        items.push_back(std::move(one));
    }
    co_return list_reply(items);
}

template<class Service>
net::awaitable<http_reply> serve_named_run(Service& service, api_call& call)
{
    if (call.is_method("GET")) {
        auto named = co_await find_named_run(service, call);
        auto const body = co_await describe(service, call, std::move(named), false);
        co_return json_reply(200, body);
    }
    if (call.is_method("DELETE")) {
        call.require(role::runner);
        auto const was_there = co_await service.remove_named_run(call.path.rest[1]);
        co_return http_reply{.status = was_there ? 200U : 204U};
    }
    if (!call.is_method("PUT") && !call.is_method("PATCH"))
        call.refuse_method("GET, PUT, PATCH, DELETE");
    auto reply = co_await save_named_run(service, call);
    co_return reply;
}

template<class Service>
net::awaitable<http_reply> serve_named_runs(Service& service, api_call& call)
{
    http_reply reply;
    if (call.path.rest.size() == 1) {
        if (!call.is_method("GET"))
            call.refuse_method("GET");
        reply = co_await list_named_runs(service, call);
    } else if (call.path.rest.size() == 2) {
        reply = co_await serve_named_run(service, call);
    } else if (call.path.rest.size() == 3 && call.path.is_at(2, "listDetails")) {
        if (!call.is_method("POST"))
            call.refuse_method("POST");
        call.require(role::owner);
        auto named = co_await find_named_run(service, call);
        auto const body = co_await describe(service, call, std::move(named), true);
        reply = json_reply(200, body);
    } else {
        call.refuse_path();
    }
    co_return reply;
}

template<class Service>
net::awaitable<http_reply> serve_pool(Service& service, api_call& call)
{
    auto const& name = call.path.rest[1];
    auto const known = co_await service.find_pool(name);
    if (call.is_method("DELETE")) {
        call.require(role::owner);
        auto const was_there = co_await service.remove_pool(name);
        co_return http_reply{.status = was_there ? 200U : 204U};
    }
    if (!known && !call.is_method("PUT"))
        throw_not_found(call.path.registry, "agentPools/" + name);
    if (call.is_method("GET"))
        co_return json_reply(200, to_json(*known, call.path));
    if (!call.is_method("PUT") && !call.is_method("PATCH"))
        call.refuse_method("GET, PUT, PATCH, DELETE");
    call.require(role::owner);
    auto const fields = co_await call.read_object();
    agent_pool pool;
    pool.name = name;
    if (known && call.is_method("PATCH"))
        pool = *known;
    read_agent_pool(fields, pool);
    auto const saved = co_await service.save_pool(std::move(pool));
    co_return json_reply(known ? 200 : 201, to_json(saved, call.path));
}

template<class Service>
net::awaitable<http_reply> list_pools(Service& service, api_call& call)
{
    std::vector<boost::json::object> items;
    for (auto const& each : co_await service.pools())
        items.push_back(to_json(each, call.path));
    co_return list_reply(items);
}

template<class Service>
net::awaitable<http_reply> serve_pools(Service& service, api_call& call)
{
    http_reply reply;
    auto const depth = call.path.rest.size();
    if (depth == 1) {
        if (!call.is_method("GET"))
            call.refuse_method("GET");
        reply = co_await list_pools(service, call);
    } else if (depth == 2) {
        reply = co_await serve_pool(service, call);
    } else if (depth == 3 && call.path.is_at(2, "listQueueStatus")) {
        if (!call.is_method("POST"))
            call.refuse_method("POST");
        auto const count = co_await service.count_queued(call.path.rest[1]);
        boost::json::object body;
        body["count"] = count;
        reply = json_reply(200, body);
    } else {
        call.refuse_path();
    }
    co_return reply;
}
}  // namespace acrx::detail
#endif
