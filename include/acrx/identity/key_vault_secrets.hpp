// The secret resolver for key vaults.
#ifndef ACRX_IDENTITY_KEY_VAULT_SECRETS_HPP
#define ACRX_IDENTITY_KEY_VAULT_SECRETS_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/secret_resolver.hpp>
#include <acrx/identity/token_source.hpp>
#include <acrx/identity/vault_secret_url.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>

namespace acrx {
/// Reads one secret. @param who  for error texts
/// @throws error (`errc::unauthorized`, `errc::denied`, `errc::not_found`) with the vault's words
ACRX_DECL net::awaitable<std::string> read_vault_secret(http_client client, vault_secret_url where, access_token token,
                                                        std::string who, retry_policy retry);

/// Reads secrets of vaults with the tokens of an identity; values are taken byte for byte.
///
/// @tparam Source  who the machine is
template<token_source Source>
class key_vault_secrets
{
public:
    explicit key_vault_secrets(Source source, retry_policy retry = {}, http_client client = http_client());

    /// @throws error (`errc::not_supported`) for what is no URL, (`errc::invalid_argument`) for one that names no secret
    net::awaitable<std::string> resolve(secret_reference reference);

private:
    Source source_;
    retry_policy retry_;
    http_client client_;
};
}  // namespace acrx

#include <acrx/identity/impl/key_vault_secrets.hpp>
#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/key_vault_secrets.ipp>
#endif
#endif
