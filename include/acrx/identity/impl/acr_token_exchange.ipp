// Bodies of identity/acr_token_exchange.hpp that are no templates.
#ifndef ACRX_IDENTITY_IMPL_ACR_TOKEN_EXCHANGE_IPP
#define ACRX_IDENTITY_IMPL_ACR_TOKEN_EXCHANGE_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/send_patiently.hpp>
#include <acrx/identity/acr_token_exchange.hpp>
#include <acrx/identity/detail/token_answer.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace acrx {
namespace detail {
inline bool is_azure_registry(std::string_view host)
{
    constexpr std::array<std::string_view, 4> suffixes{".azurecr.io", ".azurecr.cn", ".azurecr.us", ".azurecr.de"};
    return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return host.ends_with(suffix); });
}

/// On this machine plain HTTP is spoken, as nobody can listen in.
inline url exchange_url(std::string const& host)
{
    auto where = parse_url("https://" + host + "/oauth2/exchange");
    if (is_loopback_host(where.host))
        where = parse_url("http://" + host + "/oauth2/exchange");
    return where;
}
}  // namespace detail

ACRX_DECL void check_exchange_host(std::string const& host)
{
    auto const where = parse_url("https://" + host);
    if (!detail::is_azure_registry(where.host) && !is_loopback_host(where.host))
        throw error(errc::invalid_argument, "logging in to " + host + " with an identity: it is no Azure container registry",
                    "Other registries take a user and a password; both may be kept in a vault.");
}

ACRX_DECL net::awaitable<credential> exchange_token(http_client client, std::string host, access_token token,
                                                    retry_policy retry)
{
    check_exchange_host(host);
    auto const where = detail::exchange_url(host);
    auto form = detail::web_form({{"grant_type", "access_token"}, {"service", host}, {"access_token", token.value}});
    auto request = detail::form_request(where, std::move(form));
    auto const answer = co_await send_patiently(std::move(client), std::move(request), retry);
    auto const doing = "failed to get ACR refresh token, exchange API response code: " + std::to_string(answer.status)
                       + ": logging in to " + host + " with an identity";
    if (answer.status == 401 || answer.status == 403)
        throw error(answer.status == 401 ? errc::unauthorized : errc::denied, doing + ": " + detail::reason_of(answer),
                    "Give the identity the role AcrPull, or AcrPush, at the registry.");
    if (!is_success(answer.status))
        throw error(answer.status >= 500 || answer.status == 429 ? errc::unavailable : errc::protocol,
                    doing + ": " + detail::reason_of(answer), "Is it an Azure container registry?");
    credential login;
    login.user = "00000000-0000-0000-0000-000000000000";
    login.secret = detail::text_in_answer(answer, "/refresh_token");
    if (login.secret.empty())
        throw error(errc::protocol, "logging in to " + host + " with an identity: the answer holds no refresh token");
    co_return login;
}
}  // namespace acrx
#endif
