// How Bitbucket wants its APIs to be called: that of the Cloud, and that of the Data Center.
#ifndef ACRX_TRIGGER_IMPL_BITBUCKET_DIALECT_IPP
#define ACRX_TRIGGER_IMPL_BITBUCKET_DIALECT_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/http/url.hpp>
#include <acrx/trigger/detail/git_dialect.hpp>

#include <boost/json/array.hpp>

#include <utility>

namespace acrx::detail {
/// An app password goes with its user's name.
inline void authorize_at_bitbucket(http_headers& headers, std::string const& token)
{
    headers.set("Authorization", token.find(':') == token.npos ? "Bearer " + token : "Basic " + to_base64(token));
}

/// Keys of statuses are short: a long name ends in a part of its digest.
inline std::string bitbucket_key(std::string const& context)
{
    constexpr std::size_t longest = 40;
    if (context.size() <= longest)
        return context;
    return cut_text(context, longest - 9).append("-").append(digest_of(context).encoded().substr(0, 8));
}

inline boost::json::object bitbucket_status(commit_status const& status)
{
    constexpr std::string_view words[] = {"INPROGRESS", "SUCCESSFUL", "FAILED"};
    return {{"key", bitbucket_key(status.context)},
            {"state", words[static_cast<int>(status.state)]},
            {"name", status.context},
            {"url", status.target_url},
            {"description", cut_text(status.description, 255)}};
}

inline std::string cloud_hooks(git_api_place const& place)
{
    return repository_path("/repositories", place) + "/hooks";
}

inline std::vector<wished_webhook> cloud_wishes(azure_ids const&, webhook_wish const& wish)
{
    wished_webhook hook;
    boost::json::array events;
    if (wish.commits || wish.tags)
        events.emplace_back("repo:push");
    if (wish.pull_requests) {
        events.emplace_back("pullrequest:created");
        events.emplace_back("pullrequest:updated");
    }
    hook.body = {{"description", "acrx"}, {"url", wish.url}, {"active", true}, {"secret", wish.secret}, {"events", std::move(events)}};
    return {std::move(hook)};
}

inline std::string data_center_hooks(git_api_place const& place)
{
    return "/rest/api/1.0/projects/" + percent_encode(place.path[0]) + "/repos/" + percent_encode(place.path[1]) + "/webhooks";
}

inline std::vector<wished_webhook> data_center_wishes(azure_ids const&, webhook_wish const& wish)
{
    wished_webhook hook;
    boost::json::array events;
    if (wish.commits || wish.tags)
        events.emplace_back("repo:refs_changed");
    if (wish.pull_requests) {
        events.emplace_back("pr:opened");
        events.emplace_back("pr:from_ref_updated");
    }
    hook.body = {{"name", "acrx"},
                 {"url", wish.url},
                 {"active", true},
                 {"configuration", boost::json::object{{"secret", wish.secret}}},
                 {"events", std::move(events)}};
    return {std::move(hook)};
}

ACRX_DECL git_dialect bitbucket_cloud_dialect()
{
    return {.authorize = authorize_at_bitbucket,
            .list = [](git_api_place const& place) { return cloud_hooks(place) + "?pagelen=100"; },
            .collection = cloud_hooks,
            .one = [](git_api_place const& place, std::string const& id) { return cloud_hooks(place) + "/" + percent_encode(id); },
            .update_method = "PUT",
            .read = [](boost::json::value const& page) { return read_webhooks(page, "/uuid", "/url"); },
            .wishes = cloud_wishes,
            .status =
                [](git_api_place const& place, azure_ids const&, commit_status const& status) {
                    auto path = repository_path("/repositories", place) + "/commit/" + status.commit + "/statuses/build";
                    return json_call{std::move(path), bitbucket_status(status)};
                }};
}

ACRX_DECL git_dialect bitbucket_data_center_dialect()
{
    return {.authorize = authorize_at_bitbucket,
            .list = [](git_api_place const& place) { return data_center_hooks(place) + "?limit=100"; },
            .collection = data_center_hooks,
            .one = [](git_api_place const& place, std::string const& id) { return data_center_hooks(place) + "/" + id; },
            .update_method = "PUT",
            .read = [](boost::json::value const& page) { return read_webhooks(page, "/id", "/url"); },
            .wishes = data_center_wishes,
            .status =
                [](git_api_place const&, azure_ids const&, commit_status const& status) {
                    return json_call{"/rest/build-status/1.0/commits/" + status.commit, bitbucket_status(status)};
                }};
}
}  // namespace acrx::detail
#endif
