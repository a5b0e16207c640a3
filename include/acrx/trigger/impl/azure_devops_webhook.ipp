// Reads the deliveries of Azure DevOps service hooks.
#ifndef ACRX_TRIGGER_IMPL_AZURE_DEVOPS_WEBHOOK_IPP
#define ACRX_TRIGGER_IMPL_AZURE_DEVOPS_WEBHOOK_IPP
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/webhook.hpp>

#include <utility>

namespace acrx::detail {
/// What follows `refs/heads/`; a name without it stays.
inline std::string branch_of(std::string name)
{
    if (name.starts_with("refs/heads/"))
        name.erase(0, 11);
    return name;
}

inline void read_azure_push(webhook& hook, json_reader const& resource)
{
    auto const repository = required_object(resource, "repository");
    auto const commits = resource.objects("commits");
    git_push common;
    common.repository_url = repository.required_string("remoteUrl");
    common.default_branch = branch_of(repository.string("defaultBranch"));
    common.author = commits.empty() ? std::string{} : text_at(commits.front(), {"author", "name"});
    common.sender = text_at(resource, {"pushedBy", "uniqueName"});
    for (auto const& update : resource.objects("refUpdates"))
        add_push(hook,
                 {update.required_string("name"), update.string("oldObjectId"), update.required_string("newObjectId"),
                  {}},
                 common);
}

inline void read_azure_pull_request(webhook& hook, json_reader const& resource, pull_request_action action)
{
    auto const repository = required_object(resource, "repository");
    auto const fork = resource.object("forkSource");
    pull_request result;
    result.repository_url = repository.required_string("remoteUrl");
    result.number = required_number(resource, "pullRequestId");
    result.action = resource.string("status") == "active" ? action : pull_request_action::other;
    result.commit = text_at(resource, {"lastMergeSourceCommit", "commitId"});
    result.source_branch = branch_of(resource.string("sourceRefName"));
    result.target_branch = branch_of(resource.required_string("targetRefName"));
    result.source_repository_url = fork ? text_at(*fork, {"repository", "remoteUrl"}) : result.repository_url;
    result.default_branch = branch_of(repository.string("defaultBranch"));
    result.from_fork = fork.has_value();
    result.sender = text_at(resource, {"createdBy", "uniqueName"});
    add_pull_request(hook, std::move(result));
}

/// `updated` comes for votes and titles too: the filter of repeated contents drops what has no new head.
ACRX_DECL void read_azure_devops(webhook& hook, json_reader const& body)
{
    if (hook.event == "git.push")
        read_azure_push(hook, required_object(body, "resource"));
    else if (hook.event == "git.pullrequest.created")
        read_azure_pull_request(hook, required_object(body, "resource"), pull_request_action::opened);
    else if (hook.event == "git.pullrequest.updated")
        read_azure_pull_request(hook, required_object(body, "resource"), pull_request_action::synchronized);
    else
        hook.ignored.push_back("the event starts no runs");
}
}  // namespace acrx::detail
#endif
