// Bodies of server/detail/hook_routes.hpp.
#ifndef ACRX_SERVER_IMPL_HOOK_ROUTES_IPP
#define ACRX_SERVER_IMPL_HOOK_ROUTES_IPP
#include <acrx/core/error.hpp>
#include <acrx/server/detail/hook_routes.hpp>
#include <acrx/trigger/repository_url.hpp>
#include <acrx/trigger/webhook_signature.hpp>

#include <algorithm>
#include <array>
#include <variant>

namespace acrx::detail {
ACRX_DECL std::optional<git_host> host_of_hook(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, git_host>, 6> hosts{{
        {"github", git_host::github},
        {"gitlab", git_host::gitlab},
        {"gitea", git_host::gitea},
        {"forgejo", git_host::gitea},
        {"bitbucket", git_host::bitbucket},
        {"azure", git_host::azure_devops},
    }};
    for (auto const& [name, host] : hosts)
        if (name == word)
            return host;
    return std::nullopt;
}

[[noreturn]] inline void refuse_delivery()
{
    throw arm_refusal(401, "InvalidSignature", "The delivery is not signed with the secret of this hook.");
}

inline bool is_proved(git_host host, http_headers const& headers, std::string_view body, std::string const& secret, time_point now)
{
    webhook_secret shared{.value = secret, .user = {}};
    if (auto const colon = secret.find(':'); host == git_host::azure_devops && colon != secret.npos)
        shared = {.value = secret.substr(colon + 1), .user = secret.substr(0, colon)};
    try {
        check_webhook(host, headers, body, shared, now);
        return true;
    } catch (error const&) {
        return false;
    }
}

inline std::string repository_of(trigger_event const& event)
{
    if (auto const* push = std::get_if<git_push>(&event.what))
        return push->repository_url;
    if (auto const* pull = std::get_if<pull_request>(&event.what))
        return pull->repository_url;
    return {};
}

/// The repositories whose triggers know a secret that proves the delivery.
inline std::vector<std::string> proved_repositories(git_host host, http_headers const& headers, std::string_view body,
                                                    std::vector<known_task> const& tasks, time_point now)
{
    std::vector<std::string> proved;
    for (auto const& task : tasks)
        for (auto const& source : task->triggers.sources)
            if (!source.webhook_secret.empty() && is_proved(host, headers, body, source.webhook_secret, now))
                proved.push_back(source.filter.repository_url);
    return proved;
}

ACRX_DECL bool is_proved_by(std::vector<known_task> const& tasks, std::string const& secret, git_host host,
                            http_headers const& headers, std::string_view body, time_point now)
{
    return (!secret.empty() && is_proved(host, headers, body, secret, now))
           || !proved_repositories(host, headers, body, tasks, now).empty();
}

inline webhook parse_proved(git_host host, http_headers const& headers, std::string_view body)
{
    try {
        return parse_webhook(headers, body, host);
    } catch (error const& e) {
        throw arm_refusal(400, "InvalidRequestContent", e.text());
    }
}

ACRX_DECL std::string claimed_repository(git_host host, http_headers const& headers, std::string_view body)
{
    try {
        auto const delivery = parse_webhook(headers, body, host);
        return delivery.events.empty() ? std::string() : repository_of(delivery.events.front());
    } catch (error const&) {  // who sent it is told later, once it is proved to be a host
        return {};
    }
}

ACRX_DECL webhook read_delivery(git_host host, http_headers const& headers, std::string_view body,
                                std::vector<known_task> const& tasks, std::string const& secret, time_point now)
{
    if (!secret.empty() && is_proved(host, headers, body, secret, now))
        return parse_proved(host, headers, body);
    auto const proved = proved_repositories(host, headers, body, tasks, now);
    if (proved.empty())
        refuse_delivery();
    auto delivery = parse_proved(host, headers, body);
    auto const is_foreign = [&](trigger_event const& event) {
        auto const about = repository_of(event);
        return std::none_of(proved.begin(), proved.end(), [&](auto const& url) { return is_same_repository(url, about); });
    };
    if (std::erase_if(delivery.events, is_foreign) != 0)
        delivery.ignored.emplace_back("an event of a repository that its secret is not for");
    return delivery;
}

ACRX_DECL registry_notification read_notification(http_headers const& headers, std::string_view body,
                                                  api_options const& options)
{
    try {
        check_header(headers, "Authorization", options.registry_secret);
    } catch (error const&) {
        refuse_delivery();
    }
    try {
        return parse_registry_notification(body, options.login_server);
    } catch (error const& e) {
        throw arm_refusal(400, "InvalidRequestContent", e.text());
    }
}
}  // namespace acrx::detail
#endif
