// Bodies of identity/managed_identity.hpp.
#ifndef ACRX_IDENTITY_IMPL_MANAGED_IDENTITY_IPP
#define ACRX_IDENTITY_IMPL_MANAGED_IDENTITY_IPP
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/send_patiently.hpp>
#include <acrx/identity/detail/token_answer.hpp>
#include <acrx/identity/managed_identity.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace acrx {
namespace detail {
/// The metadata service also answers 404 and 410 while it is being updated.
inline bool passes_at_metadata_service(unsigned status) noexcept
{
    return status == 404 || status == 410 || is_passing_status(status);
}

inline void add_identity(std::string& target, std::string const& identity, char const* client, char const* resource)
{
    if (!identity.empty())
        target = with_query(target, identity.starts_with('/') ? resource : client, identity);
}

/// The request to App Service and its kin, in its newer and its older form.
inline http_request platform_request(identity_settings const& settings, token_request const& wanted)
{
    bool const is_new = !settings.identity_endpoint.empty();
    http_request request;
    request.target = parse_url(is_new ? settings.identity_endpoint : settings.msi_endpoint);
    auto& target = request.target.target;
    target = with_query(target, "api-version", is_new ? "2019-08-01" : "2017-09-01");
    target = with_query(target, "resource", wanted.resource);
    add_identity(target, wanted.identity, is_new ? "client_id" : "clientid", "mi_res_id");
    request.headers.set(is_new ? "X-IDENTITY-HEADER" : "secret", is_new ? settings.identity_header : settings.msi_secret);
    return request;
}

inline http_request metadata_request(identity_settings const& settings, token_request const& wanted)
{
    auto host = settings.metadata_host;
    while (host.ends_with('/'))
        host.pop_back();
    http_request request;
    request.target = parse_url(host + "/metadata/identity/oauth2/token?api-version=2018-02-01");
    request.target.target = with_query(request.target.target, "resource", wanted.resource);
    add_identity(request.target.target, wanted.identity, "client_id", "msi_res_id");
    request.headers.set("Metadata", "true");
    return request;
}

inline http_request token_request_of(identity_settings const& settings, token_request const& wanted)
{
    if (!settings.identity_endpoint.empty() && settings.identity_header.empty())
        throw error(errc::not_supported, "getting a token at IDENTITY_ENDPOINT without IDENTITY_HEADER, as on Azure Arc: not supported yet",
                    "Unset IDENTITY_ENDPOINT, and use a service principal or a workload identity.");
    if (!settings.identity_endpoint.empty() || !settings.msi_secret.empty())
        return platform_request(settings, wanted);
    if (settings.msi_endpoint.empty())
        return metadata_request(settings, wanted);
    auto form = web_form({{"resource", wanted.resource}});
    if (!wanted.identity.empty())
        form += "&" + web_form({{wanted.identity.starts_with('/') ? "msi_res_id" : "client_id", wanted.identity}});
    auto request = form_request(parse_url(settings.msi_endpoint), std::move(form));
    request.headers.set("Metadata", "true");
    return request;
}

inline http_options options_of_metadata_service()
{
    http_options options;
    options.connect_timeout = std::chrono::seconds(2);  // it is near, or it is not there
    options.proxies = {};
    return options;
}
}  // namespace detail

ACRX_DECL managed_identity::managed_identity(identity_settings settings, retry_policy retry)
    : settings_(std::move(settings)), retry_(retry), client_(detail::options_of_metadata_service())
{}

ACRX_DECL net::awaitable<access_token> managed_identity::get(token_request wanted)
{
    auto request = detail::token_request_of(settings_, wanted);
    auto const who = wanted.identity.empty() ? "the managed identity of the system" : "the managed identity " + wanted.identity;
    auto const doing = "getting a token for " + wanted.resource + " as " + who + " from " + redacted(request.target);
    std::exception_ptr failure;
    try {
        auto const answer = co_await send_patiently(client_, std::move(request), retry_, detail::passes_at_metadata_service);
        co_return detail::read_token_answer(answer, system_clock().now(), doing,
                                     wanted.identity.empty()
                                         ? "Switch on the system's identity of this machine, or name one that is assigned to it."
                                         : "Assign the identity to this machine, or correct its id.");
    } catch (error const& e) {
        bool const is_absent = e.code() == condition::transient || e.code() == errc::timed_out;
        if (!is_absent || e.code() == errc::unavailable)
            throw;
        failure = std::make_exception_ptr(error(
            e.code(), doing, "This machine seems to have no managed identity. Set AZURE_TENANT_ID and AZURE_CLIENT_ID with "
                             "AZURE_CLIENT_SECRET or AZURE_FEDERATED_TOKEN_FILE, or run on a machine that has one."));
    }
    std::rethrow_exception(failure);
}
}  // namespace acrx
#endif
