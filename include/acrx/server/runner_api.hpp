// The HTTP API of a runner, a handler for `basic_http_server`.
#ifndef ACRX_SERVER_RUNNER_API_HPP
#define ACRX_SERVER_RUNNER_API_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/server/api_options.hpp>
#include <acrx/server/authenticator.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/piece_store.hpp>
#include <acrx/server/runner_metrics.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace acrx {
/// Serves a runner:
///
/// | path                                            | what                                                          |
/// |-------------------------------------------------|---------------------------------------------------------------|
/// | `/subscriptions/…/registries/{r}/…`             | ACR Tasks, api-version 2019-06-01-preview                     |
/// | the same with `triggers`                        | what starts which task next: base images and timers, no route of ACR |
/// | `/subscriptions/…/registries/{r}/acrxContext/…` | contexts in pieces, of which only those that are missing come |
/// | `/uploads/…`                                    | `PUT` of a context, whole or in blocks, by a signed link      |
/// | `/logs/{run}`                                   | the log, whole, in ranges, followed (`?follow=true`), or as server-sent events |
/// | `/hooks/git/{host}`, `/hooks/registry`          | deliveries of git hosts and registries                        |
/// | `/livez`, `/readyz`, `/version`, `/metrics`     | for operators                                                 |
/// | `/`, `/page/…`                                  | a page for people: see `page_reply`                           |
///
/// @tparam Service  a `basic_runner_service`
/// @tparam Door     who may come in
///
/// Copies share their state, so a server and who sets it up can each have one.
/// @par Thread safety
/// One strand: that of the service.
template<class Service, authenticator Door>
class basic_runner_api
{
public:
    basic_runner_api(Service service, Door door, api_options options);

    net::awaitable<http_reply> operator()(served_request& request);
    /// What `/readyz` says. It is not ready at the start.
    void set_ready(bool is_ready) noexcept { state_->is_ready = is_ready; }
    runner_metrics& metrics() noexcept { return state_->metrics; }
    /// For requests from now on.
    void set_door(Door door) { state_->door = std::move(door); }

private:
    struct state
    {
        Service service;
        Door door;
        api_options options;
        runner_metrics metrics;
        bool is_ready = false;
        std::optional<piece_store> pieces = {};
    };

    net::awaitable<http_reply> route(served_request& request);
    net::awaitable<http_reply> serve_registry(detail::api_call& call);
    net::awaitable<http_reply> serve_health(served_request& request);
    net::awaitable<caller> let_in(served_request const& request);

    std::shared_ptr<state> state_;
};
}  // namespace acrx

#include <acrx/server/impl/runner_api.hpp>
#endif
