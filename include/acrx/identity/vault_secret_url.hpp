// The URL of a secret in a key vault.
#ifndef ACRX_IDENTITY_VAULT_SECRET_URL_HPP
#define ACRX_IDENTITY_VAULT_SECRET_URL_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/url.hpp>

#include <string>
#include <string_view>

namespace acrx {
/// A secret in a vault, taken apart.
struct vault_secret_url
{
    url vault;            ///< without a path
    std::string name;
    std::string version;  ///< empty for the latest

    /// The audience of the tokens that the vault takes: its host without the first word.
    ACRX_DECL std::string resource() const;
};

/// Whether a text is meant to be a URL, well formed or not.
ACRX_DECL bool looks_like_url(std::string_view text);

/// Reads `https://VAULT/secrets/NAME[/VERSION]`, in any case of letters, with or without a slash at its end. On this
/// machine itself a vault may speak http.
/// @throws error (`errc::invalid_argument`) that says which part is wrong
ACRX_DECL vault_secret_url parse_vault_secret_url(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/vault_secret_url.ipp>
#endif
#endif
