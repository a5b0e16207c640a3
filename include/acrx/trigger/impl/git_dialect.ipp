// Bodies of trigger/detail/git_dialect.hpp that all hosts share.
#ifndef ACRX_TRIGGER_IMPL_GIT_DIALECT_IPP
#define ACRX_TRIGGER_IMPL_GIT_DIALECT_IPP
#include <acrx/http/url.hpp>
#include <acrx/trigger/detail/git_dialect.hpp>

#include <algorithm>

namespace acrx::detail {
ACRX_DECL git_dialect dialect_of(git_api_place const& place)
{
    switch (place.host) {
    case git_host::gitlab: return gitlab_dialect();
    case git_host::gitea: return gitea_dialect();
    case git_host::bitbucket: return place.is_data_center ? bitbucket_data_center_dialect() : bitbucket_cloud_dialect();
    case git_host::azure_devops: return azure_devops_dialect();
    default: return github_dialect();
    }
}

ACRX_DECL std::string page_text(boost::json::value const& document, std::string_view pointer)
{
    boost::json::error_code missing;
    auto const* found = document.find_pointer({pointer.data(), pointer.size()}, missing);
    if (found == nullptr)
        return {};
    if (found->is_int64())
        return std::to_string(found->get_int64());
    return found->is_string() ? std::string(found->get_string()) : std::string();
}

/// What follows scheme and host; tokens go to the place that they are for, whatever the page says.
inline std::string target_of(std::string const& link)
{
    if (link.starts_with('/'))
        return link;
    auto const scheme = link.find("://");
    auto const path = scheme == link.npos ? scheme : link.find('/', scheme + 3);
    return path == link.npos ? std::string() : link.substr(path);
}

ACRX_DECL std::string next_webhook_page(http_response const& answer, boost::json::value const& page, std::string const& list)
{
    for (auto const& field : answer.headers.all("Link"))
        for (std::size_t at = field.find('<'); at != field.npos; at = field.find('<', at + 1)) {
            auto const end = field.find('>', at);
            auto const next = std::min(field.find(",", std::min(end, field.size())), field.size());
            auto const rest = end == field.npos ? std::string() : field.substr(end, next - end);
            if (rest.find("rel=\"next\"") != rest.npos || rest.find("rel=next") != rest.npos)
                return target_of(field.substr(at + 1, end - at - 1));
        }
    if (auto const next = page_text(page, "/next"); !next.empty())
        return target_of(next);
    if (auto const start = page_text(page, "/nextPageStart"); !start.empty())
        return with_query(list, "start", start);
    return {};
}

ACRX_DECL std::vector<known_webhook> read_webhooks(boost::json::value const& page, std::string_view id,
                                                   std::string_view url_pointer, std::string_view kind)
{
    auto const* list = page.if_array();
    if (auto const* object = page.if_object())
        for (auto const* name : {"values", "value"})
            if (auto const* member = object->if_contains(name); member != nullptr && member->is_array())
                list = &member->get_array();
    std::vector<known_webhook> known;
    if (list == nullptr)
        return known;
    for (auto const& each : *list) {
        known_webhook hook{page_text(each, id), page_text(each, url_pointer), kind.empty() ? "" : page_text(each, kind)};
        if (!hook.id.empty())
            known.push_back(std::move(hook));
    }
    return known;
}

ACRX_DECL std::string cut_text(std::string text, std::size_t limit)
{
    if (text.size() <= limit)
        return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0U) == 0x80U)
        --limit;
    text.resize(limit);
    return text;
}

ACRX_DECL std::string repository_path(std::string_view prefix, git_api_place const& place)
{
    std::string path(prefix);
    for (auto const& each : place.path)
        path += "/" + percent_encode(each);
    return path;
}
}  // namespace acrx::detail
#endif
