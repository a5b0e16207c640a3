// The routes of deliveries: git hosts and registries tell what happened.
#ifndef ACRX_SERVER_DETAIL_HOOK_ROUTES_HPP
#define ACRX_SERVER_DETAIL_HOOK_ROUTES_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/server/api_options.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/runner_metrics.hpp>
#include <acrx/trigger/registry_notification.hpp>
#include <acrx/trigger/webhook.hpp>
#include <acrx/triggered_runner/task_table.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
/// `github`, `gitlab`, `gitea`, `forgejo`, `bitbucket`, `azure`; nothing for another word.
ACRX_DECL std::optional<git_host> host_of_hook(std::string_view word);
/// The repository that a delivery claims to be about: nothing of it is proved yet. Empty if it names none, as a ping.
ACRX_DECL std::string claimed_repository(git_host host, http_headers const& headers, std::string_view body);
/// Whether the secret of the runner proves the delivery, or that of a trigger of these tasks.
ACRX_DECL bool is_proved_by(std::vector<known_task> const& tasks, std::string const& secret, git_host host,
                            http_headers const& headers, std::string_view body, time_point now);
/// Reads a delivery that one of the secrets proves: that of the runner, or of a trigger on a repository that the
/// delivery is about.
/// @throws arm_refusal (401, 400)
ACRX_DECL webhook read_delivery(git_host host, http_headers const& headers, std::string_view body,
                                std::vector<known_task> const& tasks, std::string const& secret, time_point now);
/// @throws arm_refusal (401, 400)
ACRX_DECL registry_notification read_notification(http_headers const& headers, std::string_view body,
                                                  api_options const& options);

/// Records the runs of all events, then says which they are.
template<class Service>
net::awaitable<http_reply> accept_events(Service& service, std::vector<trigger_event> events, std::vector<std::string> ignored,
                                         std::string provider, runner_metrics& metrics)
{
    boost::json::array runs;
    bool is_repeat = !events.empty();
    for (auto& each : events) {
        auto const accepted = co_await service.accept(std::move(each));
        is_repeat = is_repeat && accepted.is_repeat;
        for (auto const& run : accepted.runs)
            runs.emplace_back(run.id);
        ignored.insert(ignored.end(), accepted.passed.begin(), accepted.passed.end());
    }
    auto const result = is_repeat ? "duplicate" : runs.empty() ? "ignored" : "accepted";
    metrics.count("acrx_webhook_deliveries_total", "Deliveries of git hosts and registries.",
                  {{"provider", provider}, {"result", result}});
    boost::json::object body;
    auto const status = runs.empty() ? 200U : 202U;
    body["result"] = result;
    body["runs"] = std::move(runs);
    body["ignored"] = to_json_list(ignored);
    co_return json_reply(status, body);
}

/// POST of `/hooks/git/{host}` and `/hooks/registry`.
template<class Service>
net::awaitable<http_reply> serve_hook(Service& service, served_request& request, std::string place,
                                      api_options const& options, runner_metrics& metrics)
{
    constexpr std::string_view git = "git/";
    auto const host = place.starts_with(git) ? host_of_hook(std::string_view(place).substr(git.size())) : std::nullopt;
    if (!host && place != "registry")
        throw arm_refusal(404, "ResourceNotFound", "There is no hook of that name.");
    if (request.method != "POST")
        throw arm_refusal(405, "MethodNotAllowed", "A hook takes POST.");
    auto const begun = std::chrono::steady_clock::now();
    auto const provider = host ? std::string(to_string(*host)) : std::string("registry");
    std::vector<trigger_event> events;
    std::vector<std::string> ignored;
    try {
        auto const body = co_await read_text(request, largest_webhook);
        if (host) {
            auto repository = claimed_repository(*host, request.headers, body);
            auto const now = system_clock().now();
            auto tasks = co_await service.tasks_on(std::move(repository));
            if (!is_proved_by(tasks, options.webhook_secret, *host, request.headers, body, now))
                tasks = co_await service.tasks_on(std::string());
            auto delivery = read_delivery(*host, request.headers, body, tasks, options.webhook_secret, now);
            events = std::move(delivery.events);
            ignored = std::move(delivery.ignored);
        } else {
            auto notification = read_notification(request.headers, body, options);
            events = std::move(notification.events);
            ignored = std::move(notification.ignored);
        }
    } catch (http_refusal const& e) {
        metrics.count("acrx_webhook_deliveries_total", "Deliveries of git hosts and registries.",
                      {{"provider", provider}, {"result", e.status() == 401 ? "bad_signature" : "malformed"}});
        throw;
    }
    auto reply = co_await accept_events(service, std::move(events), std::move(ignored), provider, metrics);
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begun;
    metrics.observe("acrx_webhook_seconds", "From a delivery to the answer that its runs are recorded.", answer_buckets,
                    took.count(), {{"provider", provider}});
    co_return reply;
}
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/hook_routes.ipp>
#endif
#endif
