// The proxies of Docker's configuration: arguments of every build.
#ifndef ACRX_CLI_DETAIL_PROXY_ARGUMENTS_HPP
#define ACRX_CLI_DETAIL_PROXY_ARGUMENTS_HPP

#include <acrx/cli/environment.hpp>
#include <acrx/core/config.hpp>

#include <map>
#include <string>

namespace acrx::cli::detail {
/// `HTTP_PROXY`, `http_proxy` and so on from `proxies.default` of `$DOCKER_CONFIG/config.json`, else
/// `~/.docker/config.json`. The other members of `proxies` name engines; there is none.
/// @throws error  if the file cannot be read or is no configuration
ACRX_DECL std::map<std::string, std::string> proxy_arguments(environment const& variables);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/proxy_arguments.ipp>
#endif
#endif
