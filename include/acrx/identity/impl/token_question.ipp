// Bodies of identity/detail/token_question.hpp.
#ifndef ACRX_IDENTITY_IMPL_TOKEN_QUESTION_IPP
#define ACRX_IDENTITY_IMPL_TOKEN_QUESTION_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/secret_text.hpp>
#include <acrx/identity/detail/token_question.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
inline http_reply token_refusal(unsigned status, std::string_view code, std::string_view why)
{
    boost::json::object const body{{"error", code}, {"error_description", why}};
    auto reply = text_reply(status, boost::json::serialize(body), "application/json; charset=utf-8");
    reply.headers.set("Cache-Control", "no-store");
    return reply;
}

inline http_reply bad_token_request(std::string_view why)
{
    return token_refusal(400, "invalid_request", why);
}

/// `YYYY-MM-DD`; such dates compare as texts.
inline bool is_version_from(std::string_view version, std::string_view first)
{
    constexpr std::string_view shape = "0000-00-00";
    auto const fits = [](char c, char wanted) { return wanted == '-' ? c == '-' : c >= '0' && c <= '9'; };
    return version.size() == shape.size() && std::equal(version.begin(), version.end(), shape.begin(), fits)
           && version >= first;
}

/// Why a request may not ask at all, in the form that its path is of; nothing if it may.
inline std::optional<http_reply> refuse_asker(served_request const& request, token_endpoint_options const& options,
                                              std::string& first_version)
{
    auto const path = ascii_lower(request.path());
    if (options.is_metadata_service && path == "/metadata/identity/oauth2/token") {
        first_version = "2018-02-01";
        if (ascii_lower(request.headers.get("Metadata")) != "true")
            return bad_token_request("Required metadata header not specified");
    } else if (path == identity_endpoint_path) {
        first_version = "2019-08-01";
        if (!is_equal_secret(request.headers.get("X-IDENTITY-HEADER"), options.key))
            return token_refusal(401, "unauthorized", "X-IDENTITY-HEADER is not that of IDENTITY_HEADER");
    } else {
        return token_refusal(404, "not_found", "There is nothing but tokens of identities");
    }
    if (request.headers.has("X-Forwarded-For"))
        return bad_token_request("Requests of proxies are refused");
    if (request.method != "GET")
        return token_refusal(405, "invalid_request", "Use GET");
    return std::nullopt;
}

/// The identity that the parameters name; nothing for one that nobody can have.
inline std::optional<std::string> identity_asked_for(std::string const& parameter, std::string const& value,
                                                     token_endpoint_options const& options)
{
    bool const is_resource = parameter == "msi_res_id" || parameter == "mi_res_id";
    if (parameter == "object_id" || parameter == "principal_id") {
        auto const known = options.objects.find(ascii_lower(value));
        return known == options.objects.end() ? std::nullopt : std::optional(known->second);
    }
    if (value.empty() || value.starts_with('/') != is_resource)
        return std::nullopt;
    return value;
}

ACRX_DECL std::variant<token_request, http_reply> read_token_question(served_request const& request,
                                                                      token_endpoint_options const& options)
try {
    std::string first_version;
    if (auto refusal = refuse_asker(request, options, first_version))
        return std::move(*refusal);
    auto const version = request.parameter("api-version").value_or("");
    if (!is_version_from(version, first_version))
        return bad_token_request("api-version is missing or not supported; write " + first_version);
    token_request wanted{request.parameter("resource").value_or("")};
    if (wanted.resource.empty())
        return bad_token_request("Required query variable 'resource' is missing");
    int named = 0;
    for (auto const* name : {"client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id"}) {
        auto const value = request.parameter(name);
        if (!value)
            continue;
        if (++named > 1)
            return bad_token_request("Name one identity: by client_id, object_id or msi_res_id");
        auto identity = identity_asked_for(name, *value, options);
        if (!identity)
            return identity_not_found();
        wanted.identity = std::move(*identity);
    }
    return wanted;
} catch (error const&) {
    return bad_token_request("The query cannot be read");
}

ACRX_DECL http_reply token_reply(token_request const& wanted, access_token const& token, time_point now)
{
    using std::chrono::floor, std::chrono::seconds;
    auto const count = [](auto time) { return std::to_string(std::max<std::int64_t>(0, floor<seconds>(time).count())); };
    boost::json::object body{{"access_token", token.value},
                             {"expires_in", count(token.expires - now)},
                             {"expires_on", count(token.expires.time_since_epoch())},
                             {"not_before", count(now.time_since_epoch())},
                             {"resource", wanted.resource},
                             {"token_type", "Bearer"}};
    if (!wanted.identity.empty() && !wanted.identity.starts_with('/'))
        body["client_id"] = wanted.identity;
    auto reply = text_reply(200, boost::json::serialize(body), "application/json; charset=utf-8");
    reply.headers.set("Cache-Control", "no-store");
    return reply;
}

ACRX_DECL http_reply identity_not_found()
{
    return bad_token_request("Identity not found");
}

ACRX_DECL http_reply no_token_now()
{
    return token_refusal(503, "temporarily_unavailable", "The directory gave no token; the log of the run says why");
}
}  // namespace acrx::detail
#endif
