// Asks a credential helper: a program that keeps secrets in a store of the machine.
#ifndef ACRX_IDENTITY_DETAIL_CREDENTIAL_HELPER_HPP
#define ACRX_IDENTITY_DETAIL_CREDENTIAL_HELPER_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/credential_provider.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <string>

namespace acrx::detail {
/// Runs `docker-credential-HELPER get` with the environment of this process and kills it after `limit`.
/// @return anonymous if the helper knows no credential for `server`
/// @throws error if the helper is missing, fails or answers nonsense; the text holds nothing of its output
ACRX_DECL net::awaitable<credential> ask_credential_helper(std::string helper, std::string server,
                                                           std::chrono::milliseconds limit);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/credential_helper.ipp>
#endif
#endif
