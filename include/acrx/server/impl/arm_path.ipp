// Bodies of server/arm_path.hpp.
#ifndef ACRX_SERVER_IMPL_ARM_PATH_IPP
#define ACRX_SERVER_IMPL_ARM_PATH_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/http/url.hpp>
#include <acrx/server/arm_path.hpp>

#include <algorithm>

namespace acrx {
namespace detail {
inline bool is_path_part(std::string_view part)
{
    using namespace std::string_view_literals;
    return !part.empty() && part != "." && part != ".." && part.find_first_of("/\\\0\r\n"sv) == part.npos;
}

/// The decoded parts; nothing if one is no name.
inline std::optional<std::vector<std::string>> path_parts(std::string_view path)
{
    std::vector<std::string> parts;
    if (path.ends_with('/'))
        path.remove_suffix(1);
    while (!path.empty()) {
        if (path.front() != '/')
            return std::nullopt;
        path.remove_prefix(1);
        parts.push_back(percent_decode(path.substr(0, path.find('/'))));
        path.remove_prefix(std::min(path.size(), path.find('/')));
        if (!is_path_part(parts.back()))
            return std::nullopt;
    }
    return parts;
}

inline bool is_word(std::string_view part, std::string_view word)
{
    return ascii_lower(part) == ascii_lower(word);
}
}  // namespace detail

ACRX_DECL std::optional<arm_path> arm_path::parse(std::string_view path)
{
    auto parts = detail::path_parts(path);
    if (!parts || parts->size() < 7)
        return std::nullopt;
    auto& p = *parts;
    if (!detail::is_word(p[0], "subscriptions") || !detail::is_word(p[2], "resourceGroups")
        || !detail::is_word(p[4], "providers") || !detail::is_word(p[5], "Microsoft.ContainerRegistry")
        || !detail::is_word(p[6], "registries"))
        return std::nullopt;
    arm_path read;
    read.subscription = p[1];
    read.resource_group = p[3];
    if (p.size() > 7)
        read.registry = p[7];
    if (p.size() > 8)
        read.rest.assign(p.begin() + 8, p.end());
    return read;
}

ACRX_DECL std::string arm_path::registry_id() const
{
    return "/subscriptions/" + subscription + "/resourceGroups/" + resource_group
           + "/providers/Microsoft.ContainerRegistry/registries/" + registry;
}

ACRX_DECL std::string arm_path::id_of(std::string_view kind, std::string_view name) const
{
    return registry_id() + "/" + std::string(kind) + "/" + std::string(name);
}

ACRX_DECL bool arm_path::is_at(std::size_t index, std::string_view word) const
{
    return index < rest.size() && detail::is_word(rest[index], word);
}

ACRX_DECL std::string name_in_id(std::string_view id)
{
    while (id.ends_with('/'))
        id.remove_suffix(1);
    return std::string(id.substr(id.rfind('/') + 1));
}
}  // namespace acrx
#endif
