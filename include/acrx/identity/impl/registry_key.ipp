// Bodies of identity/detail/registry_key.hpp.
#ifndef ACRX_IDENTITY_IMPL_REGISTRY_KEY_IPP
#define ACRX_IDENTITY_IMPL_REGISTRY_KEY_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/identity/detail/registry_key.hpp>

namespace acrx::detail {
ACRX_DECL std::string registry_host(std::string_view text)
{
    if (auto const scheme = text.find("://"); scheme != std::string_view::npos)
        text.remove_prefix(scheme + 3);
    auto host = ascii_lower(text.substr(0, text.find('/')));
    if (host == "index.docker.io" || host == "registry-1.docker.io")
        host = "docker.io";
    return host;
}

ACRX_DECL std::string registry_key(std::string_view text)
{
    auto key = registry_host(text);
    auto const slash = text.find('/');
    if (text.find("://") != std::string_view::npos || slash == std::string_view::npos)
        return key;
    auto path = text.substr(slash);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    if (path != "/v1" && path != "/v2")  // the path of an API, not of a repository
        key += path;
    return key;
}

ACRX_DECL std::size_t key_fit(std::string_view key, std::string_view question)
{
    auto const known = registry_key(key);
    auto const wanted = registry_key(question);
    bool const fits = wanted == known || (wanted.starts_with(known) && wanted[known.size()] == '/');
    return fits ? known.size() : 0;
}
}  // namespace acrx::detail
#endif
