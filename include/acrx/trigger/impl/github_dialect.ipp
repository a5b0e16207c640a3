// How GitHub, Gitea and Forgejo want their APIs to be called.
#ifndef ACRX_TRIGGER_IMPL_GITHUB_DIALECT_IPP
#define ACRX_TRIGGER_IMPL_GITHUB_DIALECT_IPP
#include <acrx/trigger/detail/git_dialect.hpp>

#include <boost/json/array.hpp>

#include <utility>

namespace acrx::detail {
inline std::string github_hooks(git_api_place const& place)
{
    return repository_path("/repos", place) + "/hooks";
}

inline boost::json::object github_config(webhook_wish const& wish)
{
    return {{"url", wish.url}, {"content_type", "json"}, {"secret", wish.secret}};
}

inline std::vector<wished_webhook> github_wishes(azure_ids const&, webhook_wish const& wish)
{
    wished_webhook hook;
    boost::json::array events;
    if (wish.commits || wish.tags)
        events.emplace_back("push");
    if (wish.pull_requests)
        events.emplace_back("pull_request");
    auto config = github_config(wish);
    config["insecure_ssl"] = "0";
    hook.body = {{"active", true}, {"events", std::move(events)}, {"config", std::move(config)}};
    hook.body_of_new = {{"name", "web"}};
    return {std::move(hook)};
}

inline std::vector<wished_webhook> gitea_wishes(azure_ids const&, webhook_wish const& wish)
{
    wished_webhook hook;
    boost::json::array events;
    if (wish.commits || wish.tags)
        events.emplace_back("push");
    if (wish.pull_requests) {
        events.emplace_back("pull_request");
        events.emplace_back("pull_request_sync");
    }
    hook.body = {{"active", true}, {"branch_filter", "*"}, {"events", std::move(events)}, {"config", github_config(wish)}};
    hook.body_of_new = {{"type", "gitea"}};
    return {std::move(hook)};
}

inline json_call github_status(git_api_place const& place, azure_ids const&, commit_status const& status)
{
    constexpr std::string_view words[] = {"pending", "success", "failure"};
    json_call call;
    call.path = repository_path("/repos", place) + "/statuses/" + status.commit;
    call.body = {{"state", words[static_cast<int>(status.state)]},
                 {"context", status.context},
                 {"description", cut_text(status.description, 140)}};
    if (!status.target_url.empty())
        call.body["target_url"] = status.target_url;
    return call;
}

ACRX_DECL git_dialect github_dialect()
{
    return {.authorize =
                [](http_headers& headers, std::string const& token) {
                    headers.set("Accept", "application/vnd.github+json");
                    headers.set("X-GitHub-Api-Version", "2022-11-28");
                    headers.set("Authorization", "Bearer " + token);
                },
            .list = [](git_api_place const& place) { return github_hooks(place) + "?per_page=100"; },
            .collection = github_hooks,
            .one = [](git_api_place const& place, std::string const& id) { return github_hooks(place) + "/" + id; },
            .update_method = "PATCH",
            .read = [](boost::json::value const& page) { return read_webhooks(page, "/id", "/config/url"); },
            .wishes = github_wishes,
            .status = github_status};
}

ACRX_DECL git_dialect gitea_dialect()
{
    auto dialect = github_dialect();
    dialect.authorize = [](http_headers& headers, std::string const& token) { headers.set("Authorization", "token " + token); };
    dialect.list = [](git_api_place const& place) { return github_hooks(place) + "?limit=50"; };
    dialect.wishes = gitea_wishes;
    return dialect;
}
}  // namespace acrx::detail
#endif
