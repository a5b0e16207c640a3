// Bodies of identity/machine_secrets.hpp.
#ifndef ACRX_IDENTITY_IMPL_MACHINE_SECRETS_IPP
#define ACRX_IDENTITY_IMPL_MACHINE_SECRETS_IPP
#include <acrx/core/error.hpp>
#include <acrx/identity/machine_secrets.hpp>

#include <utility>

namespace acrx {
ACRX_DECL machine_secrets::machine_secrets(secret_access access, machine_tokens tokens, http_client client)
    : reads_machine_(access.to_machine),
      secrets_(local_secrets(), vaults(assigned_tokens<machine_tokens>(std::move(tokens), std::move(access.identities)),
                                       retry_policy(), std::move(client)))
{}

ACRX_DECL net::awaitable<std::string> machine_secrets::resolve(secret_reference reference)
{
    if (!reads_machine_ && !looks_like_url(reference.where))
        throw error(errc::denied, "reading the secret " + reference.where,
                    "Secrets of the machine that runs a task are not everybody's: keep this one in a vault, or serve with "
                    "--share-machine-secrets. Code of strangers, such as a pull request of a fork, gets none.");
    auto value = co_await secrets_.resolve(std::move(reference));
    co_return value;
}
}  // namespace acrx
#endif
