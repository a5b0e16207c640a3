// Bodies of trigger/git_api.hpp that find the API of a repository.
#ifndef ACRX_TRIGGER_IMPL_GIT_API_PLACE_IPP
#define ACRX_TRIGGER_IMPL_GIT_API_PLACE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/trigger/git_api.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
/// The URL over HTTP of a repository that may be named by SSH: the API is not spoken over SSH.
inline url web_url_of(std::string_view repository)
{
    auto text = without_user_info(repository.substr(0, repository.find_first_of("?#")));
    auto const scheme_end = text.find("://");
    auto const scheme = ascii_lower(scheme_end == text.npos ? "ssh" : text.substr(0, scheme_end));
    if (scheme == "http" || scheme == "https")
        return parse_url(text);
    auto rest = scheme_end == text.npos ? text.substr(text.find('@') + 1) : text.substr(scheme_end + 3);
    auto const end = rest.find_first_of(":/");
    auto path = end == rest.npos ? std::string() : rest.substr(end + 1);
    if (scheme_end != text.npos && end != rest.npos && rest[end] == ':')  // a port
        path = path.substr(std::min(path.find('/'), path.size() - 1) + 1);
    return parse_url("https://" + rest.substr(0, end) + "/" + path);
}

inline std::vector<std::string> path_segments(std::string_view path)
{
    std::vector<std::string> segments;
    for (std::size_t at = 0; at < path.size();) {
        auto const end = std::min(path.find('/', at), path.size());
        if (end != at)
            segments.push_back(percent_decode(path.substr(at, end - at)));
        at = end + 1;
    }
    return segments;
}

inline git_host host_of_name(std::string const& name)
{
    auto const has = [&](std::string_view word) { return name.find(word) != name.npos; };
    if (name == "dev.azure.com" || name == "ssh.dev.azure.com" || name.ends_with(".visualstudio.com"))
        return git_host::azure_devops;
    if (has("gitlab"))
        return git_host::gitlab;
    if (has("bitbucket"))
        return git_host::bitbucket;
    if (has("gitea") || has("forgejo") || name == "codeberg.org")
        return git_host::gitea;
    if (has("github"))
        return git_host::github;
    return git_host::automatic;
}

/// Everything before the project: `/ORG` at dev.azure.com, nothing at ORG.visualstudio.com, `/COLLECTION` at a server of one's own.
inline void place_in_azure(git_api_place& place, std::vector<std::string> segments)
{
    if (place.base.host == "ssh.dev.azure.com" && segments.size() == 4 && segments.front() == "v3") {
        place.base.host = "dev.azure.com";
        segments = {segments[1], segments[2], "_git", segments[3]};
    }
    if (place.base.host.ends_with(".visualstudio.com")) {
        segments.insert(segments.begin(), place.base.host.substr(0, place.base.host.find('.')));
        place.base.host = "dev.azure.com";
        if (segments.size() > 1 && ascii_lower(segments[1]) == "defaultcollection")
            segments.erase(segments.begin() + 1);
    }
    auto const mark = std::find(segments.begin(), segments.end(), "_git");
    if (mark == segments.end() || mark + 2 != segments.end())
        return;
    auto const repository = segments.back();
    auto end = mark;
    auto project = repository;  // the repository that has its project's name
    if (place.base.host == "dev.azure.com" ? mark - segments.begin() >= 2 : mark - segments.begin() >= 1)
        project = *--end;
    for (auto each = segments.begin(); each != end; ++each)
        place.base.target += "/" + percent_encode(*each);
    place.path = {project, repository};
}

inline void place_in_bitbucket(git_api_place& place, std::vector<std::string> segments)
{
    if (place.base.host == "bitbucket.org") {
        place.base.host = "api.bitbucket.org";
        place.base.target = "/2.0";
        place.path = std::move(segments);
        return;
    }
    place.is_data_center = true;
    auto const mark = std::find(segments.begin(), segments.end(), "scm");
    auto const begin = mark == segments.end() ? segments.begin() : mark + 1;
    for (auto each = segments.begin(); mark != segments.end() && each != mark; ++each)
        place.base.target += "/" + percent_encode(*each);
    place.path.assign(begin, segments.end());
}
}  // namespace detail

ACRX_DECL std::string git_api_place::name() const
{
    std::string text;
    for (auto const& each : path)
        text += (text.empty() ? "" : "/") + each;
    return text;
}

ACRX_DECL git_api_place find_git_api(git_host host, std::string_view repository_url)
{
    auto const shown = without_user_info(repository_url.substr(0, repository_url.find_first_of("?#")));
    git_api_place place;
    place.base = detail::web_url_of(repository_url);
    place.host = host == git_host::automatic ? detail::host_of_name(place.base.host) : host;
    if (place.host == git_host::automatic)
        throw error(errc::not_supported, "finding the API of " + shown + ": its name does not tell which git host it is",
                    "Set sourceControlType of the trigger to Github, Gitlab, Gitea, Bitbucket or VisualStudioTeamService.");
    if (place.base.scheme != "https" && !is_loopback_host(place.base.host))
        throw error(errc::invalid_argument, "finding the API of " + shown + ": its token would be sent without TLS",
                    "Name the repository by https://.");
    auto path = place.base.target;
    place.base.target.clear();
    while (path.ends_with('/'))
        path.pop_back();
    if (path.ends_with(".git"))
        path.erase(path.size() - 4);
    auto segments = detail::path_segments(path);
    switch (place.host) {
    case git_host::azure_devops: detail::place_in_azure(place, std::move(segments)); break;
    case git_host::bitbucket: detail::place_in_bitbucket(place, std::move(segments)); break;
    case git_host::gitlab: place.base.target = "/api/v4", place.path = std::move(segments); break;
    case git_host::gitea: place.base.target = "/api/v1", place.path = std::move(segments); break;
    default: place.path = std::move(segments);
        if (place.base.host == "github.com")
            place.base.host = "api.github.com";
        else
            place.base.target = "/api/v3";
    }
    bool const is_deep = place.host == git_host::gitlab && place.path.size() > 2;
    if (place.path.size() != 2 && !is_deep)
        throw error(errc::invalid_argument, "finding the API of " + shown + ": it names no repository of " + std::string(to_string(place.host)));
    return place;
}
}  // namespace acrx
#endif
