// The routes of runs: schedule, list, get, keep, cancel, and links to logs and uploads.
#ifndef ACRX_SERVER_DETAIL_RUN_ROUTES_HPP
#define ACRX_SERVER_DETAIL_RUN_ROUTES_HPP

#include <acrx/core/clock.hpp>
#include <acrx/http/url.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/request_json.hpp>
#include <acrx/server/run_filter.hpp>
#include <acrx/server/run_json.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/parse.hpp>

#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
template<class Service>
net::awaitable<http_reply> schedule_run(Service& service, api_call& call)
{
    if (!call.is_method("POST"))
        call.refuse_method("POST");
    call.require(role::runner);
    auto const fields = co_await call.read_object();
    auto request = read_run_request(fields);
    auto const run = co_await service.schedule(std::move(request), call.who.name);
    auto const location = call.base_url() + call.path.id_of("runs", run.id)
                          + "?api-version=" + percent_encode(call.request.parameter("api-version").value_or(""));
    co_return accepted_reply(to_json(run, call.path), location);
}

template<class Service>
net::awaitable<http_reply> list_runs(Service& service, api_call& call)
{
    auto const asked = read_list_request(call.request, call.options.page_size);
    run_query query;
    if (!asked.filter.empty())
        query.where = parse_run_filter(asked.filter);
    query.top = asked.page_size;
    query.before = asked.before;
    auto const page = co_await service.runs(std::move(query));
    std::vector<boost::json::object> items;
    for (auto const& each : page.runs)
        items.push_back(to_json(each, call.path));
    co_return list_reply(items, next_page_link(call, asked, items.size(), page.next));
}

/// @throws arm_refusal (404)
template<class Service>
net::awaitable<run_record> find_run(Service& service, api_call& call, std::string id)
{
    auto found = co_await service.find_run(id);
    if (!found)
        throw_not_found(call.path.registry, "runs/" + id);
    co_return std::move(*found);
}

template<class Service>
net::awaitable<http_reply> update_run(Service& service, api_call& call)
{
    call.require(role::runner);
    auto const fields = co_await call.read_object();
    auto run = co_await find_run(service, call, call.path.rest[1]);
    if (!fields.has("isArchiveEnabled"))
        co_return json_reply(200, to_json(run, call.path));
    bool keeps = run.is_archived;
    fields.read("isArchiveEnabled", keeps);
    run = co_await service.archive(run.id, keeps);
    co_return json_reply(200, to_json(run, call.path));
}

/// Answers 202 until the run is over; the location tells when that is.
template<class Service>
net::awaitable<http_reply> cancel_run(Service& service, api_call& call)
{
    call.require(role::runner);
    auto run = co_await find_run(service, call, call.path.rest[1]);
    run = co_await service.cancel(run.id);
    boost::json::object const nothing;
    if (is_final(run.status))
        co_return http_reply{.status = 200};
    auto const location = call.base_url() + call.path.id_of("operationResults", "cancel-" + run.id)
                          + "?api-version=" + percent_encode(call.request.parameter("api-version").value_or(""));
    co_return accepted_reply(nothing, location);
}

/// Where a cancellation stands.
template<class Service>
net::awaitable<http_reply> serve_operation(Service& service, api_call& call)
{
    constexpr std::string_view prefix = "cancel-";
    if (call.path.rest.size() != 2 || !call.path.rest[1].starts_with(prefix))
        call.refuse_path();
    if (!call.is_method("GET"))
        call.refuse_method("GET");
    auto const run = co_await find_run(service, call, call.path.rest[1].substr(prefix.size()));
    if (is_final(run.status))
        co_return json_reply(200, to_json(run, call.path));
    boost::json::object const nothing;
    co_return accepted_reply(nothing, call.base_url() + call.request.target);
}

template<class Service>
net::awaitable<http_reply> link_to_log(Service& service, api_call& call)
{
    auto const run = co_await find_run(service, call, call.path.rest[1]);
    boost::json::object links;
    links["logLink"] = call.signed_url("/logs/" + run.id, "r", system_clock().now());
    co_return json_reply(200, links);
}

template<class Service>
net::awaitable<http_reply> link_to_upload(Service& service, api_call& call)
{
    if (!call.is_method("POST"))
        call.refuse_method("POST");
    call.require(role::runner);
    auto const slot = service.reserve_upload();
    boost::json::object links;
    links["uploadUrl"] = call.signed_url("/uploads/" + slot.relative_path, "w", system_clock().now());
    links["relativePath"] = slot.relative_path;
    co_return json_reply(200, links);
}

template<class Service>
net::awaitable<http_reply> serve_runs(Service& service, api_call& call)
{
    http_reply reply;
    auto const depth = call.path.rest.size();
    if (depth == 1) {
        if (!call.is_method("GET"))
            call.refuse_method("GET");
        reply = co_await list_runs(service, call);
    } else if (depth == 2 && call.is_method("GET")) {
        auto const run = co_await find_run(service, call, call.path.rest[1]);
        auto shown = to_json(run, call.path);
        if (auto const steps = service.steps_of(run.id); !steps.empty())
            shown["properties"].as_object()["steps"] = boost::json::parse(steps);
        reply = json_reply(200, shown);
    } else if (depth == 2) {
        if (!call.is_method("PATCH"))
            call.refuse_method("GET, PATCH");
        reply = co_await update_run(service, call);
    } else if (depth == 3 && (call.path.is_at(2, "cancel") || call.path.is_at(2, "listLogSasUrl"))) {
        if (!call.is_method("POST"))
            call.refuse_method("POST");
        if (call.path.is_at(2, "cancel"))
            reply = co_await cancel_run(service, call);
        else
            reply = co_await link_to_log(service, call);
    } else {
        call.refuse_path();
    }
    co_return reply;
}
}  // namespace acrx::detail
#endif
