// Reads the deliveries of GitLab.
#ifndef ACRX_TRIGGER_IMPL_GITLAB_WEBHOOK_IPP
#define ACRX_TRIGGER_IMPL_GITLAB_WEBHOOK_IPP
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/webhook.hpp>

#include <utility>

namespace acrx::detail {
inline void read_gitlab_push(webhook& hook, json_reader const& body)
{
    auto const project = required_object(body, "project");
    auto const commits = body.objects("commits");
    git_push common;
    common.repository_url = project.required_string("git_http_url");
    common.default_branch = project.string("default_branch");
    bool const is_cut = static_cast<std::size_t>(body.integer("total_commits_count")) > commits.size();
    if (!is_cut && !commits.empty() && !is_zero_id(body.string("before")))
        common.changed_paths = changed_paths_of(commits);
    common.author = commits.empty() ? body.string("user_name") : text_at(commits.back(), {"author", "name"});
    common.sender = body.string("user_username");
    auto const checkout = body.string("checkout_sha");
    add_push(hook, {body.required_string("ref"), body.string("before"), body.required_string("after"), checkout},
             std::move(common));
}

/// An update has new commits if it names the head that they replace.
inline pull_request_action gitlab_action(json_reader const& attributes)
{
    auto const action = attributes.string("action");
    if (action == "open")
        return pull_request_action::opened;
    if (action == "reopen")
        return pull_request_action::reopened;
    if (action == "update" && attributes.has("oldrev"))
        return pull_request_action::synchronized;
    return pull_request_action::other;
}

inline void read_gitlab_merge_request(webhook& hook, json_reader const& body)
{
    auto const project = required_object(body, "project");
    auto const attributes = required_object(body, "object_attributes");
    pull_request result;
    result.repository_url = project.required_string("git_http_url");
    result.number = required_number(attributes, "iid");
    result.action = gitlab_action(attributes);
    result.commit = text_at(attributes, {"last_commit", "id"});
    result.source_branch = attributes.string("source_branch");
    result.target_branch = attributes.required_string("target_branch");
    result.source_repository_url = text_at(attributes, {"source", "git_http_url"});
    result.default_branch = project.string("default_branch");
    result.from_fork = !attributes.has("source_project_id")
                       || attributes.integer("source_project_id") != attributes.integer("target_project_id");
    result.sender = text_at(body, {"user", "username"});
    add_pull_request(hook, std::move(result));
}

ACRX_DECL void read_gitlab(webhook& hook, json_reader const& body)
{
    auto const kind = body.string("object_kind");
    if (kind == "push" || kind == "tag_push")
        read_gitlab_push(hook, body);
    else if (kind == "merge_request")
        read_gitlab_merge_request(hook, body);
    else
        hook.ignored.push_back("the event starts no runs");
}
}  // namespace acrx::detail
#endif
