// The routes of stored tasks: list, get, create, update, delete, and with secrets.
#ifndef ACRX_SERVER_DETAIL_TASK_ROUTES_HPP
#define ACRX_SERVER_DETAIL_TASK_ROUTES_HPP

#include <acrx/run/task_definition.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/task_json.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
template<class Service>
net::awaitable<http_reply> list_tasks(Service& service, api_call& call)
{
    std::vector<boost::json::object> items;
    for (auto& each : co_await service.tasks())
        items.push_back(to_json(without_secrets(std::move(each)), call.path));
    co_return list_reply(items);
}

/// @throws arm_refusal (404)
template<class Service>
net::awaitable<task_definition> find_task(Service& service, api_call& call)
{
    auto found = co_await service.find_task(call.path.rest[1]);
    if (!found)
        throw_not_found(call.path.registry, "tasks/" + call.path.rest[1]);
    co_return std::move(*found);
}

/// PUT makes a task anew, PATCH changes the one that is there.
template<class Service>
net::awaitable<http_reply> save_task(Service& service, api_call& call)
{
    call.require(role::owner);
    auto const fields = co_await call.read_object();
    auto const known = co_await service.find_task(call.path.rest[1]);
    if (!known && call.is_method("PATCH"))
        throw_not_found(call.path.registry, "tasks/" + call.path.rest[1]);
    task_definition task;
    if (call.is_method("PATCH"))
        task = *known;
    else
        task.name = known ? known->name : call.path.rest[1];
    read_task(fields, task);
    auto saved = co_await service.save_task(std::move(task));
    co_return json_reply(known ? 200 : 201, to_json(without_secrets(std::move(saved)), call.path));
}

template<class Service>
net::awaitable<http_reply> remove_task(Service& service, api_call& call)
{
    call.require(role::owner);
    auto const was_there = co_await service.remove_task(call.path.rest[1]);
    co_return http_reply{.status = was_there ? 200U : 204U};
}

template<class Service>
net::awaitable<http_reply> serve_tasks(Service& service, api_call& call)
{
    http_reply reply;
    if (call.path.rest.size() == 1) {
        if (!call.is_method("GET"))
            call.refuse_method("GET");
        reply = co_await list_tasks(service, call);
    } else if (call.path.rest.size() == 2) {
        if (call.is_method("GET")) {
            auto task = co_await find_task(service, call);
            reply = json_reply(200, to_json(without_secrets(std::move(task)), call.path));
        } else if (call.is_method("PUT") || call.is_method("PATCH")) {
            reply = co_await save_task(service, call);
        } else if (call.is_method("DELETE")) {
            reply = co_await remove_task(service, call);
        } else {
            call.refuse_method("GET, PUT, PATCH, DELETE");
        }
    } else if (call.path.rest.size() == 3 && call.path.is_at(2, "listDetails")) {
        if (!call.is_method("POST"))
            call.refuse_method("POST");
        call.require(role::owner);
        auto const task = co_await find_task(service, call);
        reply = json_reply(200, to_json(task, call.path));
    } else {
        call.refuse_path();
    }
    co_return reply;
}
}  // namespace acrx::detail
#endif
