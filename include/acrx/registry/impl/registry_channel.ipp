// Bodies of registry/detail/registry_channel.hpp.
#ifndef ACRX_REGISTRY_IMPL_REGISTRY_CHANNEL_IPP
#define ACRX_REGISTRY_IMPL_REGISTRY_CHANNEL_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/redirect.hpp>
#include <acrx/registry/detail/answer_error.hpp>
#include <acrx/registry/detail/login_flow.hpp>
#include <acrx/registry/detail/registry_channel.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace acrx::detail {
inline std::string joined(std::vector<std::string> const& words)
{
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

ACRX_DECL registry_channel::registry_channel(registry_options options, credential_finder find)
    : options_(std::move(options)), find_(std::move(find)), http_(options_.http)
{}

ACRX_DECL bool registry_channel::may_pass(error const& failure) noexcept
{
    return failure.code() == condition::transient || failure.code() == errc::timed_out;
}

ACRX_DECL net::awaitable<void> registry_channel::pause(std::chrono::milliseconds length)
{
    net::steady_timer timer(co_await net::this_coro::executor, length);
    co_await timer.async_wait(net::use_awaitable);
}

ACRX_DECL std::optional<std::chrono::seconds> registry_channel::retry_after(http_response const& answer) const
{
    return parse_retry_after(answer.headers.get("Retry-After"), system_clock{}.now());
}

ACRX_DECL std::string registry_channel::location_of(http_response const& answer) const
{
    auto const location = answer.headers.get("Location");
    return location.empty() ? std::string{} : to_string(resolve(answer.from, location));
}

/// The ways to speak to a host, best first; the last is taken without a try. On this machine itself nobody can listen in, and plain HTTP is soon tried.
inline std::vector<registry_channel::entry_point> registry_channel::candidates(std::string const& host) const
{
    auto const secure = parse_url("https://" + (host == "docker.io" ? "registry-1.docker.io" : host));
    auto const plain = parse_url("http://" + host);
    bool const is_insecure = options_.insecure.contains(host);
    if (is_loopback_host(secure.host))
        return {{plain, true}, {secure, !is_insecure}, {plain, true}};
    if (is_insecure)
        return {{secure, false}, {plain, true}};
    return {{secure, true}};
}

/// Whether a host answers in this way. A server of TLS answers plain HTTP with 400, with an alert, or not at all.
/// @throws error  if TLS is spoken but a certificate does not hold, theirs or our own: then plain HTTP is not tried either
inline net::awaitable<bool> registry_channel::answers(entry_point way)
{
    bool const is_plain = way.base.scheme == "http";
    http_request probe{.method = "GET", .target = resolve(way.base, "/v2/"), .headers = {}, .body = {}};
    try {
        if (!is_plain) {
            co_await http_.connect(way.base, way.verify_peer);
            co_return true;
        }
        auto const answer = co_await http_.fetch(std::move(probe));
        bool const moved = answer.headers.get("Location").starts_with("https:");
        co_return answer.status != 400 && !moved;
    } catch (error const& e) {
        if (e.code() == condition::interrupted || e.code() == errc::invalid_argument || is_certificate_failure(e.code()))
            throw;
    }
    co_return false;
}

inline net::awaitable<registry_channel::entry_point> registry_channel::enter(std::string host)
{
    if (auto const& known = hosts_[host].entry)
        co_return *known;
    auto const ways = candidates(host);
    auto chosen = ways.back();
    for (std::size_t i = 0; i + 1 < ways.size(); ++i) {
        bool const answered = co_await answers(ways[i]);
        if (answered) {
            chosen = ways[i];
            break;
        }
    }
    hosts_[host].entry = chosen;
    co_return chosen;
}

/// A token that is at hand and good for a while yet; empty if there is none.
inline std::string registry_channel::known_token(registry_call const& call)
{
    auto& tokens = hosts_[call.host].tokens;
    auto const found = tokens.find(joined(call.scopes));
    if (found == tokens.end() || found->second.expires <= system_clock{}.now())
        return {};
    return found->second.authorization;
}

inline net::awaitable<registry_channel::token> registry_channel::log_in(registry_call const& call, auth_challenge challenge)
{
    auto scopes = call.scopes;
    auto const asked = challenge.get("scope");
    for (std::size_t at = 0; at < asked.size();) {
        auto const end = std::min(asked.find(' ', at), asked.size());
        auto scope = asked.substr(at, end - at);
        auto const name = scope.substr(0, scope.rfind(':') + 1);
        auto const covered = std::any_of(scopes.begin(), scopes.end(), [&](auto const& s) { return s.starts_with(name); });
        if (!scope.empty() && !covered)
            scopes.push_back(std::move(scope));
        at = end + 1;
    }
    auto who = co_await find_(call.host);
    hosts_[call.host].is_anonymous = who.is_anonymous();
    auto const plain = hosts_[call.host].entry->base.scheme == "http";
    login_flow flow(call.host, std::move(challenge), std::move(scopes), std::move(who), plain);
    auto action = flow.next();
    while (auto const* ask = std::get_if<ask_token_server>(&action)) {
        auto request = ask->request;
        request.verify_peer = !options_.insecure.contains(authority(request.target));
        auto const answer = co_await http_.fetch(std::move(request));
        action = flow.next(answer);
    }
    auto& done = std::get<logged_in>(action);
    // A tenth of its life is the margin for clocks and for the way.
    auto const expires = system_clock{}.now() + done.lifetime - done.lifetime / 10;
    co_return token{std::move(done.authorization), expires};
}

/// A token other than `stale`, fetched by one of those who want it at the same time.
inline net::awaitable<std::string> registry_channel::authorize(registry_call const& call, std::string stale)
{
    auto const pass = co_await logins_.enter(call.host + " " + joined(call.scopes));
    auto const known = known_token(call);
    if (!known.empty() && known != stale)
        co_return known;
    auto const challenge = *hosts_[call.host].challenge;
    auto fresh = co_await log_in(call, challenge);
    auto const authorization = fresh.authorization;
    hosts_[call.host].tokens[joined(call.scopes)] = std::move(fresh);
    co_return authorization;
}

inline void registry_channel::show_warnings(http_response const& head)
{
    if (!options_.warn)
        return;
    for (auto const& field : head.headers.all("Warning")) {
        auto const open = field.find('"');
        auto const close = field.rfind('"');
        if (!field.starts_with("299 ") || open == close)
            continue;
        auto const text = field.substr(open + 1, close - open - 1);
        if (shown_warnings_.insert(text).second)
            options_.warn(text);
    }
}

/// Sends to the registry, and to where it points; only the registry itself hears who we are.
inline net::awaitable<http_answer> registry_channel::follow(registry_call const& call, http_request request, url base,
                                                            transfer_observer sent)
{
    for (int hops = 0; hops <= max_redirects; ++hops) {
        auto answer = co_await http_.open(request, sent);
        auto next = redirected(request, answer.head());
        if (!next)
            co_return answer;
        auto const rest = co_await answer.read_all(http_client::default_body_limit);
        request = std::move(*next);
    }
    throw error(errc::protocol, call.method + " " + redacted(base) + ": too many redirects");
}

ACRX_DECL net::awaitable<http_answer> registry_channel::open(registry_call call, transfer_observer sent)
{
    std::exception_ptr failure;
    try {
        auto const entry = co_await enter(call.host);
        http_request request{.method = call.method, .target = {}, .headers = call.headers, .body = call.body};
        request.target = resolve(entry.base, call.target);
        auto const is_home = same_origin(request.target, entry.base);
        request.verify_peer = entry.verify_peer || !is_home;
        std::string authorization;
        if (is_home && hosts_[call.host].challenge) {
            authorization = known_token(call);
            std::string const no_token;
            if (authorization.empty())
                authorization = co_await authorize(call, no_token);
            request.headers.set("Authorization", authorization);
        }
        auto answer = co_await follow(call, request, entry.base, sent);
        if (is_home && answer.head().status == 401 && same_origin(answer.head().from, entry.base)) {
            auto challenge = choose_challenge(parse_challenges(answer.head().headers.all("WWW-Authenticate")));
            if (challenge) {
                auto const rest = co_await answer.read_all(http_client::default_body_limit);
                hosts_[call.host].challenge = std::move(challenge);
                authorization = co_await authorize(call, std::move(authorization));
                request.headers.set("Authorization", authorization);
                answer = co_await follow(call, request, entry.base, sent);
                if (answer.head().status == 401) {
                    auto const refused = co_await answer.read_all(http_client::default_body_limit);
                    throw error(errc::unauthorized, "the registry answers " + describe_answer(refused),
                                advice_to_log_in(call.host, hosts_[call.host].is_anonymous));
                }
            }
        }
        show_warnings(answer.head());
        co_return answer;
    } catch (error const& e) {
        failure = std::make_exception_ptr(in_context(e, call.doing, call.host));
    }
    std::rethrow_exception(failure);
}

ACRX_DECL net::awaitable<http_response> registry_channel::send_once(registry_call call, transfer_observer sent)
{
    auto const doing = call.doing;
    auto const host = call.host;
    auto answer = co_await open(std::move(call), std::move(sent));
    std::exception_ptr failure;
    try {
        auto whole = co_await answer.read_all(options_.manifest_limit);
        co_return whole;
    } catch (error const& e) {
        failure = std::make_exception_ptr(in_context(e, doing, host));
    }
    std::rethrow_exception(failure);
}

ACRX_DECL net::awaitable<http_response> registry_channel::send(registry_call call)
{
    back_off patience(options_.retry);
    for (;;) {
        http_response answer;
        std::exception_ptr failure;
        try {
            answer = co_await send_once(call);
        } catch (error const& e) {
            if (!may_pass(e) || !call.is_patient)
                throw;
            failure = std::current_exception();
        }
        if (!failure && (!is_transient_status(answer.status) || !call.is_patient))
            co_return answer;
        auto const length = patience.next(failure ? std::nullopt : retry_after(answer));
        if (!length && failure)
            std::rethrow_exception(failure);
        if (!length)
            co_return answer;
        co_await pause(*length);
    }
}
}  // namespace acrx::detail
#endif
