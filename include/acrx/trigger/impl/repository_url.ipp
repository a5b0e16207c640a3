// Bodies of trigger/repository_url.hpp.
#ifndef ACRX_TRIGGER_IMPL_REPOSITORY_URL_IPP
#define ACRX_TRIGGER_IMPL_REPOSITORY_URL_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/http/url.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
/// Host and path of a repository, as they were written.
struct repository_place
{
    std::string host;
    std::string path;
};

inline repository_place split_repository_url(std::string_view url)
{
    url = url.substr(0, url.find_first_of("?#"));
    auto const scheme_end = url.find("://");
    auto const scheme = ascii_lower(scheme_end == url.npos ? "ssh" : url.substr(0, scheme_end));
    auto rest = scheme_end == url.npos ? url : url.substr(scheme_end + 3);
    auto const slash = rest.find('/');
    auto const colon = rest.find(':');
    // git@host:path has no scheme, and its path begins at the colon.
    auto const end = scheme_end == url.npos && colon < slash ? colon : slash;
    if (end == rest.npos)
        return {};
    auto host = ascii_lower(rest.substr(0, end));
    host.erase(0, host.rfind('@') + 1);
    std::string_view const own_port = scheme == "https" ? ":443" : scheme == "http" ? ":80" : ":22";
    if (host.ends_with(own_port))
        host.erase(host.size() - own_port.size());
    return {std::move(host), ascii_lower(percent_decode(rest.substr(end + 1)))};
}

/// The old home of Azure DevOps, `acme.visualstudio.com/DefaultCollection/project`, as the new one; ssh alike.
inline void move_to_dev_azure(repository_place& place)
{
    constexpr std::string_view old_domain = ".visualstudio.com";
    constexpr std::string_view collection = "defaultcollection/";
    if (place.host == "ssh.dev.azure.com" && place.path.starts_with("v3/")) {
        auto const name = place.path.rfind('/');
        place = {"dev.azure.com", place.path.substr(3, name - 3) + "/_git" + place.path.substr(name)};
    } else if (place.host.ends_with(old_domain)) {
        if (place.path.starts_with(collection))
            place.path.erase(0, collection.size());
        place = {"dev.azure.com", place.host.substr(0, place.host.size() - old_domain.size()) + "/" + place.path};
    }
}
}  // namespace detail

ACRX_DECL std::string repository_key(std::string_view url)
{
    auto place = detail::split_repository_url(url);
    while (place.path.ends_with('/'))
        place.path.pop_back();
    if (place.path.ends_with(".git"))
        place.path.erase(place.path.size() - 4);
    while (place.path.starts_with('/'))
        place.path.erase(0, 1);
    if (place.host.empty() || place.path.empty())
        return {};
    detail::move_to_dev_azure(place);
    return place.host + "/" + place.path;
}

ACRX_DECL bool is_same_repository(std::string_view a, std::string_view b)
{
    auto const key = repository_key(a);
    return !key.empty() && key == repository_key(b);
}

ACRX_DECL std::string without_user_info(std::string_view url)
{
    auto const scheme_end = url.find("://");
    if (scheme_end == url.npos)
        return std::string(url);
    auto const begin = scheme_end + 3;
    auto const host_end = std::min(url.find_first_of("/?#", begin), url.size());
    auto const at = url.substr(begin, host_end - begin).rfind('@');
    std::string plain(url.substr(0, begin));
    plain += url.substr(at == url.npos ? begin : begin + at + 1);
    return plain;
}
}  // namespace acrx
#endif
