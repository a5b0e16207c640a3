// Bodies of runner_cli/task_webhooks.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_TASK_WEBHOOKS_IPP
#define ACRX_RUNNER_CLI_IMPL_TASK_WEBHOOKS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/task_webhooks.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <string_view>
#include <tuple>

namespace acrx::cli {
namespace detail {
/// The word for a host in the paths that take its deliveries.
inline std::string_view path_word(git_host host)
{
    switch (host) {
    case git_host::gitlab: return "gitlab";
    case git_host::gitea: return "gitea";
    case git_host::bitbucket: return "bitbucket";
    case git_host::azure_devops: return "azure";
    default: return "github";
    }
}

inline task_webhook webhook_of(task_definition const& task, source_trigger const& source, webhook_place const& place)
{
    task_webhook hook;
    hook.task = task.name;
    hook.repository_url = source.filter.repository_url;
    hook.host = find_git_api(source.host, source.filter.repository_url);
    hook.token = source.token;
    auto& wish = hook.wish;
    wish.url = place.public_url.substr(0, place.public_url.find_last_not_of('/') + 1) + "/hooks/git/"
               + std::string(path_word(hook.host.host));
    wish.url = with_query(with_query(wish.url, "task", ascii_lower(task.name)), "trigger", source.name);
    wish.secret = source.webhook_secret.empty() ? place.shared_secret : source.webhook_secret;
    wish.commits = source.filter.commits;
    wish.tags = !source.filter.tags.empty();
    wish.pull_requests = source.filter.pull_requests;
    return hook;
}

inline bool is_same_webhook(task_webhook const& a, task_webhook const& b)
{
    auto const all = [](task_webhook const& hook) {
        auto const& wish = hook.wish;
        return std::tie(hook.token, wish.url, wish.secret, wish.commits, wish.tags, wish.pull_requests);
    };
    return all(a) == all(b);
}
}  // namespace detail

ACRX_DECL task_webhooks webhooks_of(task_definition const& task, webhook_place const& place)
{
    task_webhooks hooks;
    for (auto const& source : task.triggers.sources) {
        bool const is_wanted = task.is_enabled && source.is_enabled && !source.token.empty()
                               && (source.filter.commits || source.filter.pull_requests || !source.filter.tags.empty());
        if (!is_wanted)
            continue;
        try {
            auto hook = detail::webhook_of(task, source, place);
            auto key = std::pair(repository_key(hook.repository_url), hook.wish.url);
            hooks.wanted.insert_or_assign(std::move(key), std::move(hook));
        } catch (error const& e) {
            hooks.impossible.push_back("task " + task.name + ": " + e.text() + (e.advice().empty() ? "" : ". " + e.advice()));
        }
    }
    return hooks;
}

ACRX_DECL webhook_changes changes_between(task_webhooks const& before, task_webhooks const& now)
{
    webhook_changes changes;
    for (auto const& [key, hook] : before.wanted)
        if (!now.wanted.contains(key))
            changes.to_remove.push_back(hook);
    for (auto const& [key, hook] : now.wanted) {
        auto const known = before.wanted.find(key);
        if (known == before.wanted.end() || !detail::is_same_webhook(known->second, hook))
            changes.to_register.push_back(hook);
    }
    return changes;
}
}  // namespace acrx::cli
#endif
