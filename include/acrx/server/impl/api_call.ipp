// Bodies of server/detail/api_call.hpp.
#ifndef ACRX_SERVER_IMPL_API_CALL_IPP
#define ACRX_SERVER_IMPL_API_CALL_IPP
#include <acrx/http/url.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/signed_link.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace acrx::detail {
ACRX_DECL std::string api_call::base_url() const
{
    if (!options.public_url.empty())
        return options.public_url.substr(0, options.public_url.find_last_not_of('/') + 1);
    return (request.is_secure ? "https://" : "http://") + std::string(request.headers.get("Host"));
}

ACRX_DECL void api_call::require(role needed) const
{
    if (who.role < needed)
        throw arm_refusal(403, "AuthorizationFailed",
                          "The client '" + who.name + "' has the role " + std::string(to_string(who.role)) + "; "
                              + request.method + " " + std::string(request.path()) + " needs the role "
                              + std::string(to_string(needed)) + ".");
}

ACRX_DECL void api_call::refuse_method(std::string_view allowed) const
{
    throw arm_refusal(405, "MethodNotAllowed",
                      "The method " + request.method + " is not for this path; it takes " + std::string(allowed) + ".");
}

ACRX_DECL void api_call::refuse_path() const
{
    throw arm_refusal(404, "ResourceNotFound", "There is nothing at " + std::string(request.path()) + ".");
}

ACRX_DECL net::awaitable<json_fields> api_call::read_object()
{
    auto const text = co_await read_text(request, options.body_limit);
    co_return json_fields::parse(text);
}

ACRX_DECL std::string api_call::signed_url(std::string_view place, std::string_view right, time_point now) const
{
    return base_url() + link_signer(options.link_key).sign(place, right, now + options.link_life);
}

ACRX_DECL http_reply json_reply(unsigned status, boost::json::object const& body)
{
    auto reply = text_reply(status, boost::json::serialize(body), "application/json; charset=utf-8");
    reply.headers.set("Cache-Control", "no-store");
    reply.headers.set("X-Content-Type-Options", "nosniff");
    return reply;
}

ACRX_DECL http_reply accepted_reply(boost::json::object const& body, std::string const& location)
{
    auto reply = json_reply(202, body);
    reply.headers.set("Location", location);
    reply.headers.set("Retry-After", "1");
    return reply;
}

ACRX_DECL http_reply list_reply(std::vector<boost::json::object> const& items, std::string const& next_link)
{
    boost::json::array list;
    for (auto const& each : items)
        list.push_back(each);
    boost::json::object body;
    body["value"] = std::move(list);
    put(body, "nextLink", next_link);
    return json_reply(200, body);
}

inline std::optional<std::uint64_t> number_parameter(served_request const& request, std::string_view name)
{
    auto const text = request.parameter(name);
    if (!text)
        return std::nullopt;
    std::uint64_t number = 0;
    auto const read = std::from_chars(text->data(), text->data() + text->size(), number);
    if (read.ptr != text->data() + text->size() || read.ec != std::errc() || number == 0)
        throw arm_refusal(400, "InvalidParameter", std::string(name) + " must be a positive whole number", std::string(name));
    return number;
}

ACRX_DECL list_request read_list_request(served_request const& request, std::size_t page_size)
{
    list_request asked;
    asked.filter = request.parameter("$filter").value_or("");
    asked.top = number_parameter(request, "$top").value_or(0);
    asked.before = number_parameter(request, "$skiptoken").value_or(0);
    asked.page_size = asked.top == 0 ? page_size : std::min<std::size_t>(asked.top, page_size);
    return asked;
}

ACRX_DECL std::string next_page_link(api_call const& call, list_request const& asked, std::size_t given, std::uint64_t next)
{
    if (next == 0 || given == 0 || (asked.top != 0 && asked.top <= given))
        return {};
    auto link = call.base_url() + std::string(call.request.path());
    link += "?api-version=" + percent_encode(call.request.parameter("api-version").value_or(""));
    if (!asked.filter.empty())
        link += "&%24filter=" + percent_encode(asked.filter);
    if (asked.top != 0)
        link += "&%24top=" + std::to_string(asked.top - given);
    return link + "&%24skipToken=" + std::to_string(next);
}
}  // namespace acrx::detail
#endif
