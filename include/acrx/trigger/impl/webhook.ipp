// Bodies of trigger/webhook.hpp.
#ifndef ACRX_TRIGGER_IMPL_WEBHOOK_IPP
#define ACRX_TRIGGER_IMPL_WEBHOOK_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/detail/payload.hpp>
#include <acrx/trigger/webhook.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace acrx {
namespace detail {
/// The first header of `names` that is there.
inline std::string first_header(http_headers const& headers, std::initializer_list<std::string_view> names)
{
    for (auto const name : names)
        if (auto const value = headers.get(name); !value.empty())
            return std::string(value.substr(0, 200));
    return {};
}

/// Gitea also sends the headers of GitHub, so it is asked for first.
inline git_host host_of(http_headers const& headers, boost::json::object const& body)
{
    if (headers.has("X-Forgejo-Event") || headers.has("X-Gitea-Event"))
        return git_host::gitea;
    if (headers.has("X-GitHub-Event"))
        return git_host::github;
    if (headers.has("X-Gitlab-Event"))
        return git_host::gitlab;
    if (headers.has("X-Event-Key"))
        return git_host::bitbucket;
    if (body.contains("eventType") && body.contains("publisherId"))
        return git_host::azure_devops;
    throw error(errc::not_supported, "reading a webhook: its headers are those of no git host that acrx knows",
                "GitHub, GitLab, Gitea, Forgejo, Bitbucket and Azure DevOps are known.");
}

/// The JSON in the field `payload` of a form.
inline std::string form_payload(std::string_view form)
{
    for (std::size_t begin = 0; begin < form.size();) {
        auto const end = std::min(form.find('&', begin), form.size());
        auto const field = form.substr(begin, end - begin);
        if (field.starts_with("payload=")) {
            std::string value(field.substr(8));
            std::ranges::replace(value, '+', ' ');
            return percent_decode(value);
        }
        begin = end + 1;
    }
    throw error(errc::damaged, "reading a webhook: its form has no field \"payload\"");
}

inline std::string event_of(git_host host, http_headers const& headers, json_reader const& body)
{
    switch (host) {
    case git_host::github: return first_header(headers, {"X-GitHub-Event"});
    case git_host::gitea: return first_header(headers, {"X-Forgejo-Event", "X-Gitea-Event"});
    case git_host::gitlab: return first_header(headers, {"X-Gitlab-Event"});
    case git_host::bitbucket: return first_header(headers, {"X-Event-Key"});
    default: return body.string("eventType");
    }
}

inline std::string delivery_id_of(git_host host, http_headers const& headers, json_reader const& body)
{
    switch (host) {
    case git_host::github: return first_header(headers, {"X-GitHub-Delivery"});
    case git_host::gitea: return first_header(headers, {"X-Forgejo-Delivery", "X-Gitea-Delivery"});
    case git_host::gitlab: return first_header(headers, {"Idempotency-Key", "webhook-id", "X-Gitlab-Event-UUID"});
    case git_host::bitbucket: return first_header(headers, {"X-Request-UUID", "X-Request-Id"});
    default: return body.string("id");
    }
}
}  // namespace detail

ACRX_DECL std::string_view to_string(git_host host)
{
    constexpr std::array<std::string_view, 6> names = {"any host", "GitHub",    "GitLab",
                                                       "Gitea",    "Bitbucket", "Azure DevOps"};
    return names.at(static_cast<std::size_t>(host));
}

ACRX_DECL webhook parse_webhook(http_headers const& headers, std::string_view body, git_host host)
{
    auto const doing = host == git_host::automatic ? std::string("reading a webhook")
                                                   : "reading a webhook of " + std::string(to_string(host));
    bool const is_form = ascii_lower(headers.get("Content-Type")).starts_with("application/x-www-form-urlencoded");
    detail::check_payload_size(body, doing);
    auto const document = is_form ? detail::parse_payload(detail::form_payload(body), doing)
                                  : detail::parse_payload(body, doing);
    detail::json_reader const reader(document, doing);

    webhook hook;
    hook.host = host == git_host::automatic ? detail::host_of(headers, document) : host;
    hook.event = detail::event_of(hook.host, headers, reader);
    hook.delivery_id = detail::delivery_id_of(hook.host, headers, reader);
    if (hook.event.empty())
        throw error(errc::damaged, doing + ": the name of its event is missing");
    switch (hook.host) {
    case git_host::gitlab: detail::read_gitlab(hook, reader); break;
    case git_host::bitbucket: detail::read_bitbucket(hook, reader); break;
    case git_host::azure_devops: detail::read_azure_devops(hook, reader); break;
    default: detail::read_github_like(hook, headers, reader); break;
    }
    return hook;
}
}  // namespace acrx
#endif
