// Bodies of server/detail/api_guard.hpp.
#ifndef ACRX_SERVER_IMPL_API_GUARD_IPP
#define ACRX_SERVER_IMPL_API_GUARD_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_guard.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace acrx::detail {
inline std::optional<url> origin_of(http_headers const& headers)
{
    try {
        return parse_url(headers.get("Origin"));
    } catch (error const&) {  // `null`, or of an extension
        return std::nullopt;
    }
}

[[noreturn]] inline void refuse_origin()
{
    throw arm_refusal(403, "AuthorizationFailed", "Requests of other web sites are not answered.");
}

ACRX_DECL void check_same_origin(http_headers const& headers)
{
    if (!headers.has("Origin"))
        return;
    auto const origin = origin_of(headers);
    if (!origin || ascii_lower(authority(*origin)) != ascii_lower(headers.get("Host")))
        refuse_origin();
}

ACRX_DECL void check_loopback(http_headers const& headers)
{
    std::optional<url> host;
    try {
        host = parse_url("http://" + std::string(headers.get("Host")));
    } catch (error const&) {
    }
    if (!host || !is_loopback_host(host->host))
        throw arm_refusal(403, "AuthorizationFailed",
                          "This server knows no users, so it is for this machine alone: ask it by the name localhost.");
    check_same_origin(headers);
}

ACRX_DECL void check_api_version(served_request const& request)
{
    static constexpr std::array<std::string_view, 3> versions{"2018-09-01", "2019-04-01", "2019-06-01-preview"};
    auto const given = request.parameter("api-version");
    if (!given || given->empty())
        throw arm_refusal(400, "MissingApiVersionParameter",
                          "The api-version query parameter (?api-version=) is required for all requests.", "api-version");
    if (std::find(versions.begin(), versions.end(), ascii_lower(*given)) == versions.end())
        throw arm_refusal(400, "InvalidApiVersionParameter",
                          "The api-version '" + *given + "' is invalid. The supported versions are "
                              "'2019-06-01-preview,2019-04-01,2018-09-01'.",
                          "api-version");
}

ACRX_DECL boost::json::object registry_json(std::string const& id, std::string const& name, std::string const& login_server)
{
    boost::json::object inner;
    put(inner, "loginServer", login_server);
    inner["provisioningState"] = "Succeeded";
    inner["adminUserEnabled"] = false;
    boost::json::object sku;
    sku["name"] = "Premium";
    sku["tier"] = "Premium";
    boost::json::object made;
    made["id"] = id;
    made["name"] = name;
    made["type"] = "Microsoft.ContainerRegistry/registries";
    made["location"] = "local";
    made["sku"] = std::move(sku);
    made["properties"] = std::move(inner);
    return made;
}
}  // namespace acrx::detail
#endif
