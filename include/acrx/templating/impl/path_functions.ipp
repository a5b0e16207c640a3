// Bodies of templating/detail/function_groups.hpp: paths with slashes.
#ifndef ACRX_TEMPLATING_IMPL_PATH_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_PATH_FUNCTIONS_IPP
#include <acrx/templating/detail/function_groups.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::templating::detail {
/// The shortest path that means the same; `.` for the empty one.
inline std::string clean_path(std::string_view path)
{
    auto const rooted = path.starts_with('/');
    std::vector<std::string_view> kept;
    while (!path.empty()) {
        auto const part = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(part.size() + 1, path.size()));
        if (part.empty() || part == ".")
            continue;
        if (part != ".." || (!rooted && (kept.empty() || kept.back() == "..")))
            kept.push_back(part);
        else if (!kept.empty())
            kept.pop_back();
    }
    std::string text;
    for (auto const part : kept)
        (text += text.empty() && !rooted ? "" : "/") += part;
    return !text.empty() ? text : rooted ? "/" : ".";
}

inline std::string base_of(std::string_view path)
{
    if (path.empty())
        return ".";
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return path.empty() ? "/" : std::string(path.substr(path.rfind('/') + 1));
}

inline std::string extension_of(std::string_view path)
{
    auto const dot = path.rfind('.');
    auto const slash = path.rfind('/');
    return dot == path.npos || (slash != path.npos && slash > dot) ? std::string{} : std::string(path.substr(dot));
}

ACRX_DECL function_group path_functions()
{
    return {
        {"base", "s", [](call const& c) { return value(base_of(c.text(0))); }},
        {"dir", "s",
         [](call const& c) {
             std::string_view const path = c.text(0);
             return value(clean_path(path.substr(0, path.rfind('/') + 1)));
         }},
        {"clean", "s", [](call const& c) { return value(clean_path(c.text(0))); }},
        {"ext", "s", [](call const& c) { return value(extension_of(c.text(0))); }},
        {"isAbs", "s", [](call const& c) { return value(c.text(0).starts_with('/')); }},
    };
}
}  // namespace acrx::templating::detail
#endif
