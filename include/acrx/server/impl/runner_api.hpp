// Template bodies of server/runner_api.hpp.
#ifndef ACRX_SERVER_IMPL_RUNNER_API_HPP
#define ACRX_SERVER_IMPL_RUNNER_API_HPP
#include <acrx/core/ascii.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_guard.hpp>
#include <acrx/server/detail/context_routes.hpp>
#include <acrx/server/detail/hook_routes.hpp>
#include <acrx/server/detail/log_routes.hpp>
#include <acrx/server/detail/named_run_routes.hpp>
#include <acrx/server/detail/pool_routes.hpp>
#include <acrx/server/detail/run_routes.hpp>
#include <acrx/server/detail/task_routes.hpp>
#include <acrx/server/detail/trigger_routes.hpp>
#include <acrx/server/detail/upload_route.hpp>
#include <acrx/server/runner_api.hpp>
#include <acrx/server/runner_page.hpp>
#include <acrx/server/signed_link.hpp>
#include <acrx/version.hpp>

#include <exception>
#include <string_view>
#include <utility>

namespace acrx {
template<class Service, authenticator Door>
basic_runner_api<Service, Door>::basic_runner_api(Service service, Door door, api_options options)
    : state_(std::make_shared<state>(state{std::move(service), std::move(door), std::move(options), {}, false}))
{
    auto const& given = state_->options;
    if (!given.piece_folder.empty())
        state_->pieces.emplace(given.piece_folder, given.piece_budget);
}

template<class Service, authenticator Door>
net::awaitable<http_reply> basic_runner_api<Service, Door>::operator()(served_request& request)
{
    http_reply reply;
    std::exception_ptr failure;
    try {
        reply = co_await route(request);
    } catch (error const&) {
        failure = std::current_exception();
    } catch (boost::system::system_error const&) {
        throw;  // the connection is broken, or the server stops
    } catch (std::exception const&) {
        failure = std::current_exception();
    }
    if (failure) {
        reply = arm_error_reply(failure);
        if (state_->options.failed && is_internal_error(failure))
            state_->options.failed(failure);
    }
    state_->metrics.count("acrx_http_requests_total", "Answers by status.",
                          {{"method", request.method}, {"status", std::to_string(reply.status)}});
    co_return reply;
}

template<class Service, authenticator Door>
net::awaitable<caller> basic_runner_api<Service, Door>::let_in(served_request const& request)
{
    if (state_->options.is_for_loopback_alone)
        detail::check_loopback(request.headers);
    else
        detail::check_same_origin(request.headers);
    auto token = bearer_token(request.headers);
    auto const has_token = !token.empty();
    auto door = state_->door;  // which `set_door` may replace meanwhile
    auto const found = co_await door.find(std::move(token));
    if (!found)
        throw arm_refusal(401, has_token ? "InvalidAuthenticationToken" : "AuthenticationFailed",
                          has_token ? "The access token is invalid." : "Authentication failed. The 'Authorization' header is missing.");
    co_return *found;
}

template<class Service, authenticator Door>
net::awaitable<http_reply> basic_runner_api<Service, Door>::route(served_request& request)
{
    auto& s = *state_;
    std::string const path(request.path());
    auto const is_below = [&](std::string_view folder) { return path.starts_with(folder); };
    http_reply reply;
    if (is_below("/hooks/")) {
        auto place = path.substr(7);
        reply = co_await detail::serve_hook(s.service, request, std::move(place), s.options, s.metrics);
    } else if (is_below("/uploads/")) {
        if (!link_signer(s.options.link_key).allows(request, "w", system_clock().now()))
            throw arm_refusal(403, "AuthenticationFailed", "The signature of the link is wrong, or it has expired.");
        auto place = path.substr(9);
        reply = co_await detail::serve_upload(s.service, request, std::move(place), s.options.upload_limit);
    } else if (is_below("/logs/")) {
        if (!link_signer(s.options.link_key).allows(request, "r", system_clock().now()))
            co_await let_in(request);
        auto id = path.substr(6);
        reply = co_await detail::serve_log(s.service, request, std::move(id), s.options.heartbeat);
    } else if (ascii_lower(path).starts_with("/subscriptions/")) {
        auto who = co_await let_in(request);
        auto parsed = arm_path::parse(path);
        if (!parsed)
            throw arm_refusal(404, "ResourceNotFound", "There is nothing at " + path + ".");
        detail::api_call call{request, s.options, std::move(*parsed), std::move(who)};
        reply = co_await serve_registry(call);
    } else {
        reply = co_await serve_health(request);
    }
    co_return reply;
}

template<class Service, authenticator Door>
net::awaitable<http_reply> basic_runner_api<Service, Door>::serve_registry(detail::api_call& call)
{
    auto& s = *state_;
    auto& path = call.path;
    auto const& ours = s.options.registry_name;
    if (path.registry.empty()) {
        path.registry = ours.empty() ? "acrx" : ours;
        co_return detail::list_reply({detail::registry_json(path.registry_id(), path.registry, s.options.login_server)});
    }
    if (!ours.empty() && ascii_lower(ours) != ascii_lower(path.registry))
        throw arm_refusal(404, "ResourceNotFound",
                          "The Resource 'Microsoft.ContainerRegistry/registries/" + path.registry + "' was not found.");
    if (path.rest.empty()) {
        if (!call.is_method("GET"))
            call.refuse_method("GET");
        co_return detail::json_reply(200, detail::registry_json(path.registry_id(), path.registry, s.options.login_server));
    }
    detail::check_api_version(call.request);
    detail::stored_tasks<Service> const tasks{&s.service};
    detail::stored_named_runs<Service> const named_runs{&s.service};
    detail::stored_pools<Service> const pools{&s.service};
    http_reply reply;
    auto const is_alone = path.rest.size() == 1;
    if (path.is_at(0, "tasks"))
        reply = co_await detail::serve_stored(tasks, call);
    else if (path.is_at(0, "runs"))
        reply = co_await detail::serve_runs(s.service, call);
    else if (path.is_at(0, "taskRuns"))
        reply = co_await detail::serve_stored(named_runs, call);
    else if (path.is_at(0, "agentPools"))
        reply = co_await detail::serve_stored(pools, call);
    else if (path.is_at(0, "operationResults"))
        reply = co_await detail::serve_operation(s.service, call);
    else if (path.is_at(0, "triggers") && is_alone)
        reply = co_await detail::serve_triggers(s.service, call);
    else if (path.is_at(0, "scheduleRun") && is_alone)
        reply = co_await detail::schedule_run(s.service, call);
    else if (path.is_at(0, "listBuildSourceUploadUrl") && is_alone)
        reply = co_await detail::link_to_upload(s.service, call);
    else if (path.is_at(0, "acrxContext") && s.pieces)
        reply = co_await detail::serve_context(s.service, *s.pieces, call);
    else
        call.refuse_path();
    co_return reply;
}

template<class Service, authenticator Door>
net::awaitable<http_reply> basic_runner_api<Service, Door>::serve_health(served_request& request)
{
    auto& s = *state_;
    auto const path = request.path();
    if (request.method != "GET" && request.method != "HEAD")
        throw arm_refusal(405, "MethodNotAllowed", "This path takes GET.");
    if (path == "/livez")
        co_return text_reply(200, "ok\n");
    if (path == "/readyz")
        co_return s.is_ready ? text_reply(200, "ok\n") : text_reply(503, "not ready\n");
    if (path == "/version") {
        boost::json::object body;
        body["version"] = version;
        co_return detail::json_reply(200, body);
    }
    if (auto page = page_reply(path))
        co_return std::move(*page);
    if (path != "/metrics")
        throw arm_refusal(404, "ResourceNotFound", "There is nothing at " + std::string(path) + ".");
    co_await let_in(request);
    std::string own_pool;
    auto const waiting = co_await s.service.count_queued(std::move(own_pool));
    s.metrics.set("acrx_queue_length", "Runs that wait in the runner's own pool.", static_cast<double>(waiting));
    if (s.pieces) {
        auto const bytes = co_await s.pieces->size();
        s.metrics.set("acrx_context_pieces_bytes", "Space that the pieces of contexts take up.", static_cast<double>(bytes));
    }
    s.metrics.set("acrx_build_info", "The version that runs.", 1, {{"version", std::string(version)}});
    co_return text_reply(200, s.metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
}
}  // namespace acrx
#endif
