// The secret resolver of the executables: secrets of this machine, and of vaults that its identities may read.
#ifndef ACRX_IDENTITY_MACHINE_SECRETS_HPP
#define ACRX_IDENTITY_MACHINE_SECRETS_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/assigned_tokens.hpp>
#include <acrx/identity/cached_tokens.hpp>
#include <acrx/identity/first_secret_of.hpp>
#include <acrx/identity/key_vault_secrets.hpp>
#include <acrx/identity/local_secrets.hpp>
#include <acrx/identity/machine_identity.hpp>
#include <acrx/identity/secret_resolver.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>

namespace acrx {
/// Tokens of whatever identity this machine has, remembered.
using machine_tokens = cached_tokens<machine_identity>;

/// Which secrets somebody may read.
struct secret_access
{
    bool to_machine = true;                ///< environment variables and files
    assigned_identities identities = {};  ///< whose vaults
};

/// Understands `env:NAME`, `file:PATH` and URLs of secrets in key vaults.
class machine_secrets
{
public:
    ACRX_DECL explicit machine_secrets(secret_access access = {}, machine_tokens tokens = machine_tokens(machine_identity()),
                                       http_client client = http_client());

    /// @throws error (`errc::denied`) for what may not be read, else as `local_secrets` and `key_vault_secrets`
    ACRX_DECL net::awaitable<std::string> resolve(secret_reference reference);

private:
    using vaults = key_vault_secrets<assigned_tokens<machine_tokens>>;

    bool reads_machine_;
    first_secret_of<local_secrets, vaults> secrets_;
};
static_assert(secret_resolver<machine_secrets>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/machine_secrets.ipp>
#endif
#endif
