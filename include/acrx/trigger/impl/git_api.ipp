// Bodies of trigger/git_api.hpp: calls, and what their answers mean.
#ifndef ACRX_TRIGGER_IMPL_GIT_API_IPP
#define ACRX_TRIGGER_IMPL_GIT_API_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/send_patiently.hpp>
#include <acrx/trigger/detail/git_dialect.hpp>
#include <acrx/trigger/git_api.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

namespace acrx {
struct git_api::known : detail::known_webhook
{};

namespace detail {
inline http_request api_request(git_api_place const& place, std::string const& token, std::string method, std::string target)
{
    http_request request;
    request.method = std::move(method);
    request.target = place.base;
    request.target.target = std::move(target);
    request.headers.set("Accept", "application/json");
    dialect_of(place).authorize(request.headers, token);
    return request;
}

inline void set_json_body(http_request& request, boost::json::object const& body)
{
    request.headers.set("Content-Type", "application/json");
    request.body = boost::json::serialize(body);
}

inline boost::json::value page_of(http_response const& answer)
{
    boost::json::error_code failed;
    auto page = boost::json::parse(answer.body, failed);
    return failed ? boost::json::value() : page;
}

inline std::string host_words(http_response const& answer)
{
    auto const page = page_of(answer);
    for (auto const* pointer : {"/message", "/error/message", "/errors/0/message", "/error_description", "/error"})
        if (auto const text = page_text(page, pointer); !text.empty())
            return "status " + std::to_string(answer.status) + ", " + cut_text(text.substr(0, text.find('\n')), 200);
    return "status " + std::to_string(answer.status);
}

/// @throws error  unless the answer is a success
inline void check_answer(http_response const& answer, git_api_place const& place, std::string const& doing)
{
    if (is_success(answer.status) && answer.status != 203)  // what Azure DevOps answers to a wrong token
        return;
    auto const text = doing + " of " + place.name() + " at " + std::string(to_string(place.host)) + " (" + authority(place.base)
                      + "): " + host_words(answer);
    switch (answer.status) {
    case 203:
    case 302:
    case 401: throw error(errc::unauthorized, text, "The token of the trigger is wrong or has expired: acrx-runner task update --git-access-token.");
    case 403: throw error(errc::denied, text, "The token must have the right to write webhooks and statuses of commits.");
    case 404: throw error(errc::not_found, text, "There is no such repository, or the token may not see it or write to it.");
    default: throw error(is_passing_status(answer.status) ? errc::unavailable : errc::protocol, text);
    }
}
}  // namespace detail

/// Azure DevOps knows projects and repositories by ids.
inline net::awaitable<void> git_api::learn_ids()
{
    if (place_.host != git_host::azure_devops || !repository_id_.empty())
        co_return;
    auto target = place_.base.target + "/" + percent_encode(place_.path[0]) + "/_apis/git/repositories/" + percent_encode(place_.path[1])
                  + "?api-version=7.1";
    auto request = detail::api_request(place_, token_, "GET", std::move(target));
    auto const answer = co_await send_patiently(client_, std::move(request), retry_);
    detail::check_answer(answer, place_, "finding the id");
    auto const page = detail::page_of(answer);
    repository_id_ = detail::page_text(page, "/id");
    project_id_ = detail::page_text(page, "/project/id");
    if (repository_id_.empty())
        throw error(errc::protocol, "finding the id of " + place_.name() + " at Azure DevOps: the answer holds none");
}

inline net::awaitable<std::vector<git_api::known>> git_api::find_webhooks(std::string hook_url)
{
    constexpr int most_pages = 50;
    auto const dialect = detail::dialect_of(place_);
    auto const list = place_.base.target + dialect.list(place_);
    std::vector<known> found;
    auto target = list;
    for (int page_count = 0; !target.empty() && page_count < most_pages; ++page_count) {
        auto request = detail::api_request(place_, token_, "GET", target);
        auto const answer = co_await send_patiently(client_, std::move(request), retry_);
        detail::check_answer(answer, place_, "listing the webhooks");
        auto const page = detail::page_of(answer);
        for (auto& each : dialect.read(page))
            if (each.url == hook_url)
                found.push_back({std::move(each)});
        target = detail::next_webhook_page(answer, page, list);
    }
    co_return found;
}

inline net::awaitable<void> git_api::try_register(webhook_wish const& wish)
{
    co_await learn_ids();
    auto const dialect = detail::dialect_of(place_);
    auto known_ones = co_await find_webhooks(wish.url);
    detail::azure_ids const ids{project_id_, repository_id_};
    for (auto& hook : dialect.wishes(ids, wish)) {
        auto const same = [&](known const& each) { return each.kind == hook.kind; };
        auto const stands = std::find_if(known_ones.begin(), known_ones.end(), same);
        http_request request;
        if (stands != known_ones.end()) {
            request = detail::api_request(place_, token_, std::string(dialect.update_method), place_.base.target + dialect.one(place_, stands->id));
            known_ones.erase(stands);
        } else {
            request = detail::api_request(place_, token_, "POST", place_.base.target + dialect.collection(place_));
            for (auto const& member : hook.body_of_new)
                hook.body[member.key()] = member.value();
        }
        detail::set_json_body(request, hook.body);
        auto const answer = co_await client_.send(std::move(request));
        detail::check_answer(answer, place_, "registering the webhook");
    }
    for (auto const& each : known_ones) {  // of events that are wanted no more, or twice the same
        auto request = detail::api_request(place_, token_, "DELETE", place_.base.target + dialect.one(place_, each.id));
        auto const answer = co_await client_.send(std::move(request));
        if (answer.status != 404)
            detail::check_answer(answer, place_, "removing a webhook");
    }
}

/// A failure begins anew, with the list: what was made before it must not be made twice.
ACRX_DECL net::awaitable<void> git_api::register_webhook(webhook_wish wish)
{
    back_off patience(retry_);
    for (;;) {
        std::exception_ptr failure;
        std::optional<std::chrono::milliseconds> pause;
        try {
            co_await try_register(wish);
            co_return;
        } catch (error const& e) {
            failure = std::current_exception();
            if (e.code() == condition::transient)
                pause = patience.next();
        }
        if (!pause)
            std::rethrow_exception(failure);
        net::steady_timer timer(co_await net::this_coro::executor, *pause);
        co_await timer.async_wait(net::use_awaitable);
    }
}

ACRX_DECL net::awaitable<void> git_api::remove_webhook(std::string hook_url)
{
    auto const dialect = detail::dialect_of(place_);
    auto const found = co_await find_webhooks(std::move(hook_url));
    for (auto const& each : found) {
        auto request = detail::api_request(place_, token_, "DELETE", place_.base.target + dialect.one(place_, each.id));
        auto const answer = co_await send_patiently(client_, std::move(request), retry_);
        if (answer.status != 404)
            detail::check_answer(answer, place_, "removing the webhook");
    }
}

ACRX_DECL net::awaitable<void> git_api::report(commit_status status)
{
    co_await learn_ids();
    detail::azure_ids const ids{project_id_, repository_id_};
    auto const call = detail::dialect_of(place_).status(place_, ids, status);
    auto request = detail::api_request(place_, token_, "POST", place_.base.target + call.path);
    detail::set_json_body(request, call.body);
    auto const answer = co_await send_patiently(client_, std::move(request), retry_);
    bool const has_it_already = place_.host == git_host::gitlab && answer.status == 400
                                && answer.body.find("transition") != answer.body.npos;
    if (!has_it_already)
        detail::check_answer(answer, place_, "setting the status of the commit " + status.commit);
}
}  // namespace acrx
#endif
