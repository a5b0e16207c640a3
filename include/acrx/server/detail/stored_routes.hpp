// The routes that all stored things have in common: list, get, create, update and delete by name, and one action on each.
#ifndef ACRX_SERVER_DETAIL_STORED_ROUTES_HPP
#define ACRX_SERVER_DETAIL_STORED_ROUTES_HPP

#include <acrx/server/arm_error.hpp>
#include <acrx/server/caller.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// @throws arm_refusal (404)
template<class Kind>
net::awaitable<typename Kind::thing> find_stored(Kind kind, api_call& call)
{
    auto found = co_await kind.find(call.path.rest[1]);
    if (!found)
        throw_not_found(call.path.registry, std::string(Kind::collection) + "/" + call.path.rest[1]);
    co_return std::move(*found);
}

template<class Kind>
net::awaitable<http_reply> list_stored(Kind kind, api_call& call)
{
    std::vector<boost::json::object> items;
    for (auto& each : co_await kind.all()) {
        auto item = co_await kind.describe(call, std::move(each));
        items.push_back(std::move(item));
    }
    co_return list_reply(items);
}

/// PUT makes a thing anew, PATCH changes the one that is there.
template<class Kind>
net::awaitable<http_reply> save_stored(Kind kind, api_call& call)
{
    call.require(Kind::writer);
    auto const fields = co_await call.read_object();
    auto const known = co_await kind.find(call.path.rest[1]);
    bool const is_patch = call.is_method("PATCH");
    if (!known && is_patch)
        throw_not_found(call.path.registry, std::string(Kind::collection) + "/" + call.path.rest[1]);
    typename Kind::thing made;
    if (is_patch)
        made = *known;
    else
        made.name = known ? known->name : call.path.rest[1];
    kind.read(call, fields, known, made);
    auto saved = co_await kind.save(call, std::move(made));
    auto const body = co_await kind.describe(call, std::move(saved));
    co_return json_reply(known ? 200 : 201, body);
}

template<class Kind>
net::awaitable<http_reply> serve_one(Kind kind, api_call& call)
{
    if (call.is_method("GET")) {
        auto found = co_await find_stored(kind, call);
        auto const body = co_await kind.describe(call, std::move(found));
        co_return json_reply(200, body);
    }
    if (call.is_method("DELETE")) {
        call.require(Kind::writer);
        auto const was_there = co_await kind.remove(call.path.rest[1]);
        co_return http_reply{.status = was_there ? 200U : 204U};
    }
    if (!call.is_method("PUT") && !call.is_method("PATCH"))
        call.refuse_method("GET, PUT, PATCH, DELETE");
    auto reply = co_await save_stored(kind, call);
    co_return reply;
}

/// Serves `/COLLECTION`, `/COLLECTION/NAME` and `/COLLECTION/NAME/ACTION`.
///
/// | for `Kind kind`                      | is                    | means                                             |
/// |--------------------------------------|-----------------------|---------------------------------------------------|
/// | `Kind::thing`                        | a type with a `name`  | what is stored                                    |
/// | `Kind::collection`, `Kind::action`   | texts                 | as they stand in the path                         |
/// | `Kind::writer`, `Kind::actor`        | a `role`              | who may change one, and who may call the action   |
/// | `kind.all()`, `find(name)`, `remove(name)` | awaitables      | as the service has them                           |
/// | `kind.read(call, fields, known, into)` |                     | takes over a request; `known` is what is replaced |
/// | `kind.save(call, thing)`             | an awaitable of a `thing` | what was stored                               |
/// | `kind.describe(call, thing)`         | an awaitable of an object | without secrets                               |
/// | `kind.act(call, thing)`              | an awaitable of an object | what the action answers                       |
template<class Kind>
net::awaitable<http_reply> serve_stored(Kind kind, api_call& call)
{
    http_reply reply;
    auto const depth = call.path.rest.size();
    if (depth == 1) {
        if (!call.is_method("GET"))
            call.refuse_method("GET");
        reply = co_await list_stored(kind, call);
    } else if (depth == 2) {
        reply = co_await serve_one(kind, call);
    } else if (depth == 3 && call.path.is_at(2, Kind::action)) {
        if (!call.is_method("POST"))
            call.refuse_method("POST");
        call.require(Kind::actor);
        auto found = co_await find_stored(kind, call);
        auto const body = co_await kind.act(call, std::move(found));
        reply = json_reply(200, body);
    } else {
        call.refuse_path();
    }
    co_return reply;
}
}  // namespace acrx::detail
#endif
