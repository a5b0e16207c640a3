// The routes of named runs (`taskRuns`).
#ifndef ACRX_SERVER_DETAIL_NAMED_RUN_ROUTES_HPP
#define ACRX_SERVER_DETAIL_NAMED_RUN_ROUTES_HPP

#include <acrx/run/named_run.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/stored_routes.hpp>
#include <acrx/server/run_json.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
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

/// Named runs as `serve_stored` wants them, each with its newest run; the action shows one with its secrets.
template<class Service>
struct stored_named_runs
{
    using thing = named_run;
    static constexpr std::string_view collection = "taskRuns";
    static constexpr std::string_view action = "listDetails";
    static constexpr role writer = role::runner;
    static constexpr role actor = role::owner;

    Service* service;

    auto all() { return service->named_runs(); }
    auto find(std::string name) { return service->find_named_run(std::move(name)); }
    auto remove(std::string name) { return service->remove_named_run(std::move(name)); }
    void read(api_call& call, json_fields const& fields, std::optional<thing> const& known, thing& into)
    {
        auto const properties = fields.object("properties");
        if (!known && (!properties || !properties->has("runRequest")))
            fields.refuse("properties.runRequest", "given");
        read_named_run(fields, into);
        check_identities(call, fields, into, known);
    }
    net::awaitable<thing> save(api_call& call, thing made) { return service->save_named_run(std::move(made), call.who.name); }
    net::awaitable<boost::json::object> describe(api_call& call, thing shown)
    {
        shown.request = without_secrets(std::move(shown.request));
        return with_run(call, std::move(shown));
    }
    net::awaitable<boost::json::object> act(api_call& call, thing shown)
    {
        return with_run(call, std::move(shown));
    }

private:
    net::awaitable<boost::json::object> with_run(api_call& call, thing shown)
    {
        auto const newest = co_await service->find_run(shown.run);
        co_return to_json(shown, newest, call.path);
    }
};
}  // namespace acrx::detail
#endif
