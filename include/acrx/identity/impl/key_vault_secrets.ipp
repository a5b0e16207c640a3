// Bodies of identity/key_vault_secrets.hpp that are no templates.
#ifndef ACRX_IDENTITY_IMPL_KEY_VAULT_SECRETS_IPP
#define ACRX_IDENTITY_IMPL_KEY_VAULT_SECRETS_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/send_patiently.hpp>
#include <acrx/identity/detail/token_answer.hpp>
#include <acrx/identity/key_vault_secrets.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace acrx {
namespace detail {
[[noreturn]] inline void refuse_vault_answer(http_response const& answer, std::string const& doing, std::string const& who)
{
    auto const text = doing + " as " + describe_identity(who) + ": " + reason_of(answer);
    switch (answer.status) {
    case 401: throw error(errc::unauthorized, text, "The vault does not know the identity: does it belong to another tenant?");
    case 403:
        throw error(errc::denied, text, "Give the identity the role Key Vault Secrets User, or the permission 'get' for secrets.");
    case 404: throw error(errc::not_found, text, "Check the name and the version of the secret.");
    default: break;
    }
    bool const is_busy = answer.status == 429 || answer.status >= 500;
    throw error(is_busy ? errc::unavailable : errc::protocol, text, is_busy ? "Try again later." : "");
}
}  // namespace detail

ACRX_DECL net::awaitable<std::string> read_vault_secret(http_client client, vault_secret_url where, access_token token,
                                                        std::string who, retry_policy retry)
{
    http_request request;
    request.target = where.vault;
    request.target.target = "/secrets/" + where.name + (where.version.empty() ? "" : "/" + where.version);
    auto const doing = "reading the secret " + redacted(request.target);
    request.target.target += "?api-version=7.4";
    request.headers.set("Authorization", "Bearer " + token.value);
    request.headers.set("Accept", "application/json");
    auto const answer = co_await send_patiently(std::move(client), std::move(request), retry);
    if (!is_success(answer.status))
        detail::refuse_vault_answer(answer, doing, who);
    boost::json::error_code failed;
    auto const document = boost::json::parse(answer.body, failed);
    auto const* object = document.if_object();
    auto const* value = object != nullptr ? object->if_contains("value") : nullptr;
    if (value == nullptr || !value->is_string())
        throw error(errc::protocol, doing + ": the answer holds no value");
    co_return std::string(value->get_string());
}
}  // namespace acrx
#endif
