// What the steps of a run find instead of the metadata service of the machine's cloud.
#ifndef ACRX_EXECUTOR_METADATA_SERVICE_HPP
#define ACRX_EXECUTOR_METADATA_SERVICE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace acrx {
/// Where clouds have their metadata services.
inline constexpr char const* metadata_address = "169.254.169.254";

/// Answers requests of steps, in networks where those of the machine's own cloud are not reached.
///
/// It is served for each network of a run: on a bridge at `metadata_address`, port 80; where there is none, at a port of
/// the network's loopback; at a Docker engine, at a port of the network's gateway, which other programs of this machine
/// reach, too.
struct metadata_service
{
    std::function<net::awaitable<http_reply>(served_request&)> answer;  ///< copies are called for different networks
    std::string path = {};  ///< of `IDENTITY_ENDPOINT`, which with `IDENTITY_HEADER` tells steps where to ask; empty for none
    std::string key = {};   ///< of `IDENTITY_HEADER`; a secret
    /// Of `make_closed_group`, for steps in the network of this machine; empty lets those reach the machine's own service.
    /// A Docker engine does not run them.
    std::string closed_group = {};
};

/// Adds `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` to an environment that has neither.
/// @param origin  where the service is, `http://ADDRESS[:PORT]`; empty for nowhere
ACRX_DECL void add_identity_variables(std::vector<std::string>& env, metadata_service const& service,
                                      std::string const& origin);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/metadata_service.ipp>
#endif
#endif
