// The secret resolver for what is on this machine: environment variables and files.
#ifndef ACRX_IDENTITY_LOCAL_SECRETS_HPP
#define ACRX_IDENTITY_LOCAL_SECRETS_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/secret_resolver.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

namespace acrx {
/// Understands `env:NAME` and `file:PATH`; one line feed at the end of a file is not part of the secret.
class local_secrets
{
public:
    static constexpr std::uint64_t max_size = std::uint64_t{1} << 20;  ///< bytes of a file

    /// @throws error (`errc::not_found`) if there is none, (`errc::not_supported`) for other references
    ACRX_DECL net::awaitable<std::string> resolve(secret_reference reference);
};
static_assert(secret_resolver<local_secrets>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/local_secrets.ipp>
#endif
#endif
