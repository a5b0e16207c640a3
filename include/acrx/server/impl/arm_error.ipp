// Bodies of server/arm_error.hpp.
#ifndef ACRX_SERVER_IMPL_ARM_ERROR_IPP
#define ACRX_SERVER_IMPL_ARM_ERROR_IPP
#include <acrx/server/arm_error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <optional>

namespace acrx {
namespace detail {
struct named_status
{
    unsigned status;
    std::string_view name;
};

inline constexpr std::array<named_status, 15> status_names{{
    {400, "BadRequest"},
    {401, "InvalidAuthenticationToken"},
    {403, "AuthorizationFailed"},
    {404, "ResourceNotFound"},
    {405, "MethodNotAllowed"},
    {409, "Conflict"},
    {411, "LengthRequired"},
    {412, "PreconditionFailed"},
    {413, "RequestEntityTooLarge"},
    {415, "UnsupportedMediaType"},
    {429, "TooManyRequests"},
    {500, "InternalServerError"},
    {501, "NotSupported"},
    {503, "ServiceUnavailable"},
    {507, "InsufficientStorage"},
}};

inline std::string_view name_of_status(unsigned status)
{
    for (auto const& each : status_names)
        if (each.status == status)
            return each.name;
    return status < 500 ? "BadRequest" : "InternalServerError";
}

/// What a client is told of an error that no route foresaw; nothing if the text is none of its business.
inline std::optional<named_status> status_of_error(error_code const& code)
{
    if (code == errc::invalid_argument || code == errc::syntax || code == errc::outside_root || code == errc::damaged)
        return named_status{400, "InvalidParameter"};
    if (code == errc::not_found)
        return named_status{404, "ResourceNotFound"};
    if (code == errc::denied)
        return named_status{403, "AuthorizationFailed"};
    if (code == boost::system::errc::operation_in_progress)
        return named_status{409, "Conflict"};
    if (code == errc::not_supported)
        return named_status{501, "NotSupported"};
    if (code == errc::rate_limited)
        return named_status{429, "TooManyRequests"};
    if (code == boost::system::errc::no_space_on_device)
        return named_status{507, "InsufficientStorage"};
    if (code == errc::unavailable || code == errc::timed_out || code == boost::system::errc::device_or_resource_busy)
        return named_status{503, "ServiceUnavailable"};
    return std::nullopt;
}
}  // namespace detail

ACRX_DECL http_reply arm_error_reply(unsigned status, std::string_view name, std::string_view message,
                                     std::string_view target)
{
    boost::json::object body;
    body["code"] = name;
    body["message"] = message;
    if (!target.empty())
        body["target"] = target;
    boost::json::object whole;
    whole["error"] = std::move(body);
    auto reply = text_reply(status, boost::json::serialize(whole), "application/json; charset=utf-8");
    reply.headers.set("x-ms-error-code", std::string(name));
    if (status == 401)
        reply.headers.set("WWW-Authenticate", "Bearer realm=\"acrx-runner\"");
    if (status == 429 || status == 503)
        reply.headers.set("Retry-After", "5");
    return reply;
}

ACRX_DECL http_reply arm_error_reply(std::exception_ptr failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (arm_refusal const& e) {
        return arm_error_reply(e.status(), e.name(), e.doing(), e.target());
    } catch (http_refusal const& e) {
        return arm_error_reply(e.status(), detail::name_of_status(e.status()), e.doing());
    } catch (error const& e) {
        if (auto const known = detail::status_of_error(e.code()))
            return arm_error_reply(known->status, known->name, e.text() + (e.advice().empty() ? "" : ". " + e.advice()));
    } catch (...) {
    }
    return arm_error_reply(500, "InternalServerError", "The server failed; its log says why.");
}

ACRX_DECL bool is_internal_error(std::exception_ptr failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (http_refusal const&) {
        return false;
    } catch (error const& e) {
        auto const known = detail::status_of_error(e.code());
        return !known || known->status >= 500;
    } catch (...) {
        return true;
    }
}

ACRX_DECL void throw_not_found(std::string_view registry, std::string_view what)
{
    throw arm_refusal(404, "ResourceNotFound",
                      "The Resource 'Microsoft.ContainerRegistry/registries/" + std::string(registry) + "/" + std::string(what)
                          + "' was not found.");
}
}  // namespace acrx
#endif
