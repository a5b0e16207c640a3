// How GitLab wants its API to be called.
#ifndef ACRX_TRIGGER_IMPL_GITLAB_DIALECT_IPP
#define ACRX_TRIGGER_IMPL_GITLAB_DIALECT_IPP
#include <acrx/http/url.hpp>
#include <acrx/trigger/detail/git_dialect.hpp>

#include <utility>

namespace acrx::detail {
/// A project has its whole path for an id.
inline std::string gitlab_project(git_api_place const& place)
{
    return "/projects/" + percent_encode(place.name());
}

inline std::string gitlab_hooks(git_api_place const& place)
{
    return gitlab_project(place) + "/hooks";
}

inline std::vector<wished_webhook> gitlab_wishes(azure_ids const&, webhook_wish const& wish)
{
    wished_webhook hook;
    hook.body = {{"url", wish.url},
                 {"token", wish.secret},
                 {"push_events", wish.commits},
                 {"tag_push_events", wish.tags},
                 {"merge_requests_events", wish.pull_requests},
                 {"enable_ssl_verification", true}};
    return {std::move(hook)};
}

inline json_call gitlab_status(git_api_place const& place, azure_ids const&, commit_status const& status)
{
    constexpr std::string_view words[] = {"pending", "success", "failed"};
    json_call call;
    call.path = gitlab_project(place) + "/statuses/" + status.commit;
    call.body = {{"state", words[static_cast<int>(status.state)]},
                 {"name", status.context},
                 {"description", cut_text(status.description, 255)}};
    if (!status.target_url.empty())
        call.body["target_url"] = status.target_url;
    return call;
}

ACRX_DECL git_dialect gitlab_dialect()
{
    return {.authorize = [](http_headers& headers, std::string const& token) { headers.set("PRIVATE-TOKEN", token); },
            .list = [](git_api_place const& place) { return gitlab_hooks(place) + "?per_page=100"; },
            .collection = gitlab_hooks,
            .one = [](git_api_place const& place, std::string const& id) { return gitlab_hooks(place) + "/" + id; },
            .update_method = "PUT",
            .read = [](boost::json::value const& page) { return read_webhooks(page, "/id", "/url"); },
            .wishes = gitlab_wishes,
            .status = gitlab_status};
}
}  // namespace acrx::detail
#endif
