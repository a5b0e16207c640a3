// How Azure DevOps wants its API to be called: webhooks are subscriptions, one for each kind of event.
#ifndef ACRX_TRIGGER_IMPL_AZURE_DEVOPS_DIALECT_IPP
#define ACRX_TRIGGER_IMPL_AZURE_DEVOPS_DIALECT_IPP
#include <acrx/core/base64.hpp>
#include <acrx/http/url.hpp>
#include <acrx/trigger/detail/git_dialect.hpp>

#include <utility>

namespace acrx::detail {
inline boost::json::object azure_consumer(webhook_wish const& wish)
{
    auto const colon = wish.secret.find(':');
    bool const has_user = colon != wish.secret.npos;
    return {{"url", wish.url},
            {"basicAuthUsername", has_user ? wish.secret.substr(0, colon) : std::string()},
            {"basicAuthPassword", has_user ? wish.secret.substr(colon + 1) : wish.secret},
            {"resourceDetailsToSend", "all"},
            {"messagesToSend", "none"},
            {"detailedMessagesToSend", "none"}};
}

inline std::vector<wished_webhook> azure_wishes(azure_ids const& ids, webhook_wish const& wish)
{
    std::vector<wished_webhook> hooks;
    auto const add = [&](std::string const& kind, boost::json::object more) {
        more["projectId"] = ids.project;
        more["repository"] = ids.repository;
        auto& hook = hooks.emplace_back();
        hook.kind = kind;
        hook.body = {{"publisherId", "tfs"},
                     {"eventType", kind},
                     {"resourceVersion", "1.0"},
                     {"consumerId", "webHooks"},
                     {"consumerActionId", "httpRequest"},
                     {"publisherInputs", std::move(more)},
                     {"consumerInputs", azure_consumer(wish)}};
    };
    if (wish.commits || wish.tags)
        add("git.push", {});
    if (wish.pull_requests) {
        add("git.pullrequest.created", {});
        add("git.pullrequest.updated", {{"notificationType", "PushNotification"}});
    }
    return hooks;
}

inline json_call azure_status(git_api_place const& place, azure_ids const& ids, commit_status const& status)
{
    constexpr std::string_view words[] = {"pending", "succeeded", "failed"};
    json_call call;
    call.path = "/" + percent_encode(place.path[0]) + "/_apis/git/repositories/" + ids.repository + "/commits/" + status.commit
                + "/statuses?api-version=7.1";
    call.body = {{"state", words[static_cast<int>(status.state)]},
                 {"description", status.description},
                 {"context", boost::json::object{{"genre", "acrx"}, {"name", status.context}}}};
    if (!status.target_url.empty())
        call.body["targetUrl"] = status.target_url;
    return call;
}

ACRX_DECL git_dialect azure_devops_dialect()
{
    return {.authorize = [](http_headers& headers,
                            std::string const& token) { headers.set("Authorization", "Basic " + to_base64(":" + token)); },
            .list =
                [](git_api_place const&) {
                    return std::string("/_apis/hooks/subscriptions?publisherId=tfs&consumerId=webHooks"
                                       "&consumerActionId=httpRequest&api-version=7.1");
                },
            .collection = [](git_api_place const&) { return std::string("/_apis/hooks/subscriptions?api-version=7.1"); },
            .one = [](git_api_place const&,
                      std::string const& id) { return "/_apis/hooks/subscriptions/" + percent_encode(id) + "?api-version=7.1"; },
            .update_method = "PUT",
            .read = [](boost::json::value const& page) { return read_webhooks(page, "/id", "/consumerInputs/url", "/eventType"); },
            .wishes = azure_wishes,
            .status = azure_status};
}
}  // namespace acrx::detail
#endif
