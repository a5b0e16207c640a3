// Reads the deliveries of GitHub, and those of Gitea and Forgejo, which are made after them.
#ifndef ACRX_TRIGGER_IMPL_GITHUB_WEBHOOK_IPP
#define ACRX_TRIGGER_IMPL_GITHUB_WEBHOOK_IPP
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/webhook.hpp>

#include <utility>

namespace acrx::detail {
/// GitHub tells no more commits than these of one push.
inline constexpr std::size_t most_github_commits = 2048;

/// Nothing where the commits at hand are not all that make the difference.
inline std::optional<std::vector<std::string>> github_changed_paths(json_reader const& body)
{
    auto const commits = body.objects("commits");
    bool const is_new = is_zero_id(body.string("before"));
    bool const is_cut = body.has("total_commits")
                            ? static_cast<std::size_t>(body.integer("total_commits")) > commits.size()
                            : commits.size() >= most_github_commits;
    if (is_new || is_cut || body.boolean("forced") || commits.empty())
        return std::nullopt;
    return changed_paths_of(commits);
}

inline void read_github_push(webhook& hook, json_reader const& body)
{
    auto const repository = required_object(body, "repository");
    git_push common;
    common.repository_url = repository.required_string("clone_url");
    common.default_branch = repository.string("default_branch");
    common.changed_paths = github_changed_paths(body);
    common.author = text_at(body, {"head_commit", "author", "name"});
    common.sender = text_at(body, {"sender", "login"});
    add_push(hook,
             {body.required_string("ref"), body.string("before"), body.required_string("after"),
              text_at(body, {"head_commit", "id"})},
             std::move(common));
}

inline pull_request_action github_action(std::string_view action)
{
    if (action == "opened")
        return pull_request_action::opened;
    if (action == "reopened")
        return pull_request_action::reopened;
    if (action == "synchronize" || action == "synchronized")
        return pull_request_action::synchronized;
    return pull_request_action::other;
}

inline void read_github_pull_request(webhook& hook, json_reader const& body)
{
    auto const request = required_object(body, "pull_request");
    auto const head = required_object(request, "head");
    auto const base = required_object(request, "base");
    auto const home = base.object("repo").value_or(required_object(body, "repository"));
    auto const source = head.object("repo");
    pull_request result;
    result.repository_url = home.required_string("clone_url");
    result.number = required_number(body, "number");
    result.action = github_action(body.required_string("action"));
    result.commit = head.required_string("sha");
    result.source_branch = head.string("ref");
    result.target_branch = base.required_string("ref");
    result.source_repository_url = source ? source->string("clone_url") : std::string{};
    result.default_branch = home.string("default_branch");
    result.from_fork = !source || source->string("full_name") != home.string("full_name");
    result.sender = text_at(body, {"sender", "login"});
    add_pull_request(hook, std::move(result));
}

ACRX_DECL void read_github_like(webhook& hook, http_headers const& headers, json_reader const& body)
{
    auto type = headers.get("X-Forgejo-Event-Type");
    if (type.empty())
        type = headers.get("X-Gitea-Event-Type");
    if (hook.event == "ping")
        hook.is_ping = true;
    else if (hook.event == "push")
        read_github_push(hook, body);
    else if (hook.event == "pull_request" || hook.event == "pull_request_sync"
             || (hook.host == git_host::gitea && type == "pull_request_sync"))
        read_github_pull_request(hook, body);
    else
        hook.ignored.push_back("the event starts no runs");
}
}  // namespace acrx::detail
#endif
