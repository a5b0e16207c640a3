// Template bodies of identity/key_vault_secrets.hpp.
#ifndef ACRX_IDENTITY_IMPL_KEY_VAULT_SECRETS_HPP
#define ACRX_IDENTITY_IMPL_KEY_VAULT_SECRETS_HPP
#include <acrx/core/error.hpp>
#include <acrx/identity/key_vault_secrets.hpp>

namespace acrx {
template<token_source Source>
key_vault_secrets<Source>::key_vault_secrets(Source source, retry_policy retry, http_client client)
    : source_(std::move(source)), retry_(retry), client_(std::move(client))
{}

template<token_source Source>
net::awaitable<std::string> key_vault_secrets<Source>::resolve(secret_reference reference)
{
    if (!looks_like_url(reference.where))
        throw error(errc::not_supported, "reading the secret " + reference.where + ": it is not the URL of a secret in a vault",
                    "Write https://VAULT.vault.azure.net/secrets/NAME, env:NAME or file:PATH.");
    auto where = parse_vault_secret_url(reference.where);
    token_request request{where.resource(), reference.client_id};
    auto token = co_await source_.get(std::move(request));
    auto value = co_await read_vault_secret(client_, std::move(where), std::move(token), std::move(reference.client_id), retry_);
    co_return value;
}
}  // namespace acrx
#endif
