// What a request must fulfil before a route looks at it.
#ifndef ACRX_SERVER_DETAIL_API_GUARD_HPP
#define ACRX_SERVER_DETAIL_API_GUARD_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace acrx::detail {
/// Keeps out pages of strangers that make a browser of this machine ask: `Host`, and `Origin` where it is given, must
/// name loopback. @throws arm_refusal (403)
ACRX_DECL void check_loopback(http_headers const& headers);
/// Keeps out pages of others: `Origin`, where it is given, must be that of this server. @throws arm_refusal (403)
ACRX_DECL void check_same_origin(http_headers const& headers);
/// @throws arm_refusal (400) unless `api-version` is one that knows tasks
ACRX_DECL void check_api_version(served_request const& request);
/// A registry as the API shows it.
ACRX_DECL boost::json::object registry_json(std::string const& id, std::string const& name, std::string const& login_server);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/api_guard.ipp>
#endif
#endif
