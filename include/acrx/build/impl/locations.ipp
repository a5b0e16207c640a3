// Bodies of build/detail/locations.hpp.
#ifndef ACRX_BUILD_IMPL_LOCATIONS_IPP
#define ACRX_BUILD_IMPL_LOCATIONS_IPP
#include <acrx/build/detail/locations.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace acrx::detail {
ACRX_DECL std::string clean_absolute_path(std::string_view path)
{
    std::vector<std::string_view> elements;
    while (!path.empty()) {
        auto const slash = std::min(path.find('/'), path.size());
        auto const element = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (element == "..") {
            if (!elements.empty())
                elements.pop_back();
        } else if (!element.empty() && element != ".") {
            elements.push_back(element);
        }
    }
    std::string clean;
    for (auto const element : elements)
        clean.append("/").append(element);
    return clean.empty() ? "/" : clean;
}

ACRX_DECL bool names_folder(std::string_view path)
{
    auto const last = path.substr(path.rfind('/') + 1);
    return path.ends_with('/') || last == "." || last == "..";
}

ACRX_DECL bool is_url(std::string_view location)
{
    return location.starts_with("http://") || location.starts_with("https://");
}

ACRX_DECL bool is_git_location(std::string_view location)
{
    if (location.starts_with("git://") || location.starts_with("ssh://"))
        return true;
    if (location.starts_with("git@"))
        return location.find(':') != std::string_view::npos;
    return is_url(location) && location.substr(0, location.find_first_of("#?")).ends_with(".git");
}

ACRX_DECL std::span<std::string const> proxy_names()
{
    static std::array<std::string, 10> const names{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
                                                   "FTP_PROXY",  "ftp_proxy",  "NO_PROXY",    "no_proxy",
                                                   "ALL_PROXY",  "all_proxy"};
    return names;
}
}  // namespace acrx::detail
#endif
