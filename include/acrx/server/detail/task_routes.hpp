// The routes of stored tasks.
#ifndef ACRX_SERVER_DETAIL_TASK_ROUTES_HPP
#define ACRX_SERVER_DETAIL_TASK_ROUTES_HPP

#include <acrx/run/task_definition.hpp>
#include <acrx/server/detail/stored_routes.hpp>
#include <acrx/server/task_json.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// Tasks as `serve_stored` wants them; its action shows one with its secrets.
template<class Service>
struct stored_tasks
{
    using thing = task_definition;
    static constexpr std::string_view collection = "tasks";
    static constexpr std::string_view action = "listDetails";
    static constexpr role writer = role::owner;
    static constexpr role actor = role::owner;

    Service* service;

    auto all() { return service->tasks(); }
    auto find(std::string name) { return service->find_task(std::move(name)); }
    auto remove(std::string name) { return service->remove_task(std::move(name)); }
    void read(api_call&, json_fields const& fields, std::optional<thing> const&, thing& into) { read_task(fields, into); }
    net::awaitable<thing> save(api_call&, thing made) { return service->save_task(std::move(made)); }
    net::awaitable<boost::json::object> describe(api_call& call, thing shown)
    {
        co_return to_json(without_secrets(std::move(shown)), call.path);
    }
    net::awaitable<boost::json::object> act(api_call& call, thing shown)
    {
        co_return to_json(shown, call.path);
    }
};
}  // namespace acrx::detail
#endif
