// The spellings under which configuration files know a registry.
#ifndef ACRX_IDENTITY_DETAIL_REGISTRY_KEY_HPP
#define ACRX_IDENTITY_DETAIL_REGISTRY_KEY_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace acrx::detail {
/// The key that Docker Hub has in configuration files and credential stores.
inline constexpr std::string_view docker_hub_key = "https://index.docker.io/v1/";

/// `host[:port]` without scheme and path, in lower case; all names of Docker Hub are docker.io.
ACRX_DECL std::string registry_host(std::string_view text);
/// The same with the repository path that a key without a scheme may have: `quay.io/org`.
ACRX_DECL std::string registry_key(std::string_view text);
/// How closely `key` of a file fits a question for `host[/repository]`: its length, or 0 if it does not.
ACRX_DECL std::size_t key_fit(std::string_view key, std::string_view question);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/registry_key.ipp>
#endif
#endif
