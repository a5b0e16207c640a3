// Reads the deliveries of Bitbucket Cloud and Bitbucket Data Center.
#ifndef ACRX_TRIGGER_IMPL_BITBUCKET_WEBHOOK_IPP
#define ACRX_TRIGGER_IMPL_BITBUCKET_WEBHOOK_IPP
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/webhook.hpp>

#include <utility>

namespace acrx::detail {
inline std::string bitbucket_cloud_url(json_reader const& repository)
{
    return "https://bitbucket.org/" + repository.required_string("full_name") + ".git";
}

inline void read_cloud_push(webhook& hook, json_reader const& body)
{
    git_push common;
    common.repository_url = bitbucket_cloud_url(required_object(body, "repository"));
    common.default_branch = text_at(body, {"repository", "mainbranch", "name"});
    common.sender = text_at(body, {"actor", "nickname"});
    for (auto const& change : required_object(body, "push").objects("changes")) {
        auto const now = change.object("new");
        if (!now) {
            hook.ignored.push_back("a branch or tag was deleted");
            continue;
        }
        auto const type = now->string("type");
        auto const folder = type == "branch" ? "refs/heads/" : type == "tag" ? "refs/tags/" : "refs/other/";
        auto commit = common;
        commit.author = text_at(*now, {"target", "author", "raw"});
        add_push(hook,
                 {folder + now->required_string("name"), text_at(change, {"old", "target", "hash"}),
                  required_object(*now, "target").required_string("hash"), {}},
                 std::move(commit));
    }
}

inline void read_cloud_pull_request(webhook& hook, json_reader const& body, pull_request_action action)
{
    auto const request = required_object(body, "pullrequest");
    auto const source = required_object(request, "source");
    auto const target = required_object(request, "destination");
    auto const from = source.object("repository");
    auto const home = required_object(target, "repository");
    pull_request result;
    result.repository_url = bitbucket_cloud_url(home);
    result.number = required_number(request, "id");
    result.action = action;
    result.commit = text_at(source, {"commit", "hash"});
    result.source_branch = text_at(source, {"branch", "name"});
    result.target_branch = text_at(target, {"branch", "name"});
    result.source_repository_url = from ? bitbucket_cloud_url(*from) : std::string{};
    result.default_branch = text_at(body, {"repository", "mainbranch", "name"});
    result.from_fork = !from || from->string("full_name") != home.string("full_name");
    result.sender = text_at(body, {"actor", "nickname"});
    add_pull_request(hook, std::move(result));
}

/// The clone link over HTTP of a repository of Data Center.
inline std::string data_center_url(json_reader const& repository)
{
    if (auto const links = repository.object("links"))
        for (auto const& link : links->objects("clone"))
            if (auto const href = link.string("href"); href.starts_with("http"))
                return href;
    repository.refuse("links.clone", "names no clone URL over HTTP");
}

inline void read_data_center_push(webhook& hook, json_reader const& body)
{
    git_push common;
    common.repository_url = data_center_url(required_object(body, "repository"));
    common.sender = text_at(body, {"actor", "name"});
    common.author = text_at(body, {"actor", "displayName"});
    for (auto const& change : body.objects("changes")) {
        bool const is_deleted = change.string("type") == "DELETE";
        auto const name = text_at(change, {"ref", "id"});
        add_push(hook,
                 {name.empty() ? change.required_string("refId") : name, change.string("fromHash"),
                  is_deleted ? std::string{} : change.required_string("toHash"), {}},
                 common);
    }
}

inline void read_data_center_pull_request(webhook& hook, json_reader const& body, pull_request_action action)
{
    auto const request = required_object(body, "pullRequest");
    auto const source = required_object(request, "fromRef");
    auto const target = required_object(request, "toRef");
    auto const home = required_object(target, "repository");
    auto const from = source.object("repository");
    pull_request result;
    result.repository_url = data_center_url(home);
    result.number = required_number(request, "id");
    result.action = action;
    result.commit = source.string("latestCommit");
    result.source_branch = source.string("displayId");
    result.target_branch = target.required_string("displayId");
    result.source_repository_url = from ? data_center_url(*from) : std::string{};
    result.from_fork = !from || from->integer("id") != home.integer("id");
    result.sender = text_at(body, {"actor", "name"});
    add_pull_request(hook, std::move(result));
}

/// Bitbucket Cloud sends `updated` for titles too: the filter of repeated contents drops what has no new head.
ACRX_DECL void read_bitbucket(webhook& hook, json_reader const& body)
{
    if (hook.event == "diagnostics:ping")
        hook.is_ping = true;
    else if (hook.event == "repo:push")
        read_cloud_push(hook, body);
    else if (hook.event == "repo:refs_changed")
        read_data_center_push(hook, body);
    else if (hook.event == "pullrequest:created")
        read_cloud_pull_request(hook, body, pull_request_action::opened);
    else if (hook.event == "pullrequest:updated")
        read_cloud_pull_request(hook, body, pull_request_action::synchronized);
    else if (hook.event == "pr:opened")
        read_data_center_pull_request(hook, body, pull_request_action::opened);
    else if (hook.event == "pr:from_ref_updated")
        read_data_center_pull_request(hook, body, pull_request_action::synchronized);
    else
        hook.ignored.push_back("the event starts no runs");
}
}  // namespace acrx::detail
#endif
