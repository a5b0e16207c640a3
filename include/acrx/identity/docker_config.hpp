// The credential provider that reads the configuration of Docker and Podman and asks their helpers.
#ifndef ACRX_IDENTITY_DOCKER_CONFIG_HPP
#define ACRX_IDENTITY_DOCKER_CONFIG_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/credential_provider.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace acrx {
/// The files in which this user's tools keep credentials, whether they exist or not: `$REGISTRY_AUTH_FILE`,
/// `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`, and Podman's `containers/auth.json`.
ACRX_DECL std::vector<std::filesystem::path> user_auth_files();

/// Finds what `docker login` and `podman login` left: in helpers, in stores, or in the files themselves.
///
/// The files are read anew for each question; one that is missing holds nothing. A helper runs with the environment
/// of this process.
class docker_config
{
public:
    /// @param files         asked in order
    /// @param helper_limit  how long one helper may take
    explicit docker_config(std::vector<std::filesystem::path> files = user_auth_files(),
                           std::chrono::milliseconds helper_limit = std::chrono::seconds(30))
        : files_(std::move(files)), helper_limit_(helper_limit)
    {}

    /// @param host    `host[:port]`; with `/repository`, Podman's keys for parts of a registry count too
    /// @throws error  if a file cannot be read or is no configuration, or a helper is missing or fails
    ACRX_DECL net::awaitable<credential> find(std::string host);

private:
    std::vector<std::filesystem::path> files_;
    std::chrono::milliseconds helper_limit_;
};
static_assert(credential_provider<docker_config>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/docker_config.ipp>
#endif
#endif
