// Bodies of runner_cli/detail/run_logins.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_RUN_LOGINS_IPP
#define ACRX_RUNNER_CLI_IMPL_RUN_LOGINS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/identity/acr_token_exchange.hpp>
#include <acrx/identity/web_token.hpp>
#include <acrx/runner_cli/detail/run_logins.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace acrx::cli::detail {
/// As token requests name it: the system's identity has no name.
inline std::string identity_name(std::string const& identity)
{
    return ascii_lower(identity) == "[system]" ? std::string() : identity;
}

inline net::awaitable<std::string> read_credential_text(credential_text text, std::string identity, machine_secrets& secrets)
{
    if (!text.in_vault)
        co_return std::move(text.value);
    secret_reference reference{std::move(text.value), identity_name(identity)};
    auto value = co_await secrets.resolve(std::move(reference));
    co_return value;
}

inline net::awaitable<credential> exchange_login(std::string host, std::string identity, login_sources& sources)
{
    acr_token_exchange exchange(sources.tokens, host, identity_name(identity), retry_policy(), sources.client);
    auto found = co_await exchange.find(host);
    co_return found;
}

inline net::awaitable<credential> log_in(std::string host, registry_login login, login_sources& sources)
{
    bool const has_text = !login.user.value.empty() || !login.password.value.empty();
    if (!has_text && !login.identity.empty()) {
        auto exchanged = co_await exchange_login(std::move(host), std::move(login.identity), sources);
        co_return exchanged;
    }
    std::exception_ptr failure;
    try {
        credential found;
        found.user = co_await read_credential_text(std::move(login.user), login.identity, sources.secrets);
        found.secret = co_await read_credential_text(std::move(login.password), login.identity, sources.secrets);
        co_return found;
    } catch (error const& e) {
        failure = std::make_exception_ptr(error(e.code(), "logging in to " + host + ": " + e.doing(), e.advice()));
    }
    std::rethrow_exception(failure);
}

ACRX_DECL assigned_identities identities_of(task_identity const& identity)
{
    assigned_identities assigned;
    assigned.are_all = false;
    assigned.has_system = identity.has_system_identity;
    for (auto const& user : identity.users) {
        assigned.names.push_back(user.resource_id);
        if (user.client_id.empty())
            assigned.has_unknown = true;
        else
            assigned.names.push_back(user.client_id);
    }
    return assigned;
}

ACRX_DECL net::awaitable<login_table> find_logins(task_credentials credentials, std::string home, login_sources sources)
{
    login_table found;
    if (credentials.uses_home_login && !credentials.home_identity.empty() && !home.empty())
        found[home] = co_await exchange_login(home, credentials.home_identity, sources);
    for (auto& [host, login] : credentials.registries)
        found[host] = co_await log_in(host, std::move(login), sources);
    co_return found;
}

ACRX_DECL std::string to_docker_config(login_table const& logins, std::string const& others)
{
    boost::json::error_code failed;
    auto const known = boost::json::parse(others, failed);
    auto config = !failed && known.is_object() ? known.as_object() : boost::json::object();
    auto& auths = config["auths"];
    if (!auths.is_object())
        auths = boost::json::object();
    for (auto const& [host, login] : logins)
        auths.as_object()[host] = boost::json::object{{"auth", to_base64(login.user + ":" + login.secret)}};
    return boost::json::serialize(config);
}

ACRX_DECL bool may_expire(task_credentials const& credentials)
{
    return !credentials.home_identity.empty()
           || std::ranges::any_of(credentials.registries, [](auto const& each) { return !each.second.identity.empty(); });
}

ACRX_DECL std::chrono::milliseconds next_login(login_table const& logins, time_point now)
{
    constexpr std::chrono::milliseconds shortest = std::chrono::seconds(1);
    std::chrono::milliseconds pause = std::chrono::minutes(30);
    for (auto const& [host, login] : logins)
        if (auto const expiry = read_web_token(login.secret).expires)
            pause = std::min(pause, std::chrono::duration_cast<std::chrono::milliseconds>(*expiry - now) / 2);
    return std::max(pause, shortest);
}

ACRX_DECL net::awaitable<void> keep_logged_in(task_credentials credentials, std::string home, login_sources sources,
                                              login_table logins, std::function<void(login_table const&)> use,
                                              std::function<void(std::string const&)> trouble)
{
    constexpr std::chrono::milliseconds patience = std::chrono::seconds(30);
    net::steady_timer timer(co_await net::this_coro::executor);
    std::string why;
    for (;;) {
        auto const pause = next_login(logins, system_clock().now());
        timer.expires_after(why.empty() ? pause : std::max(pause, patience));
        co_await timer.async_wait(net::use_awaitable);
        why.clear();
        try {
            logins = co_await find_logins(credentials, home, sources);
            use(logins);
        } catch (error const& e) {
            why = e.text();
        }
        if (!why.empty())
            trouble("logging in anew: " + why);
    }
}
}  // namespace acrx::cli::detail
#endif
