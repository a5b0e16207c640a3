// Bodies of build/build_sources.hpp.
#ifndef ACRX_BUILD_IMPL_BUILD_SOURCES_IPP
#define ACRX_BUILD_IMPL_BUILD_SOURCES_IPP
#include <acrx/build/build_sources.hpp>
#include <acrx/build/detail/locations.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/base64.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace acrx {
namespace detail {
/// The names that a URL's host has in secrets: with its port, and without.
inline std::vector<std::string> hosts_of(std::string_view url)
{
    auto rest = url.substr(url.find("://") + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    if (auto const at = rest.rfind('@'); at != std::string_view::npos)
        rest.remove_prefix(at + 1);
    auto const host = ascii_lower(rest);
    auto const port = host.find_first_not_of("0123456789", host.rfind(':') + 1) == std::string::npos
                          ? host.rfind(':')
                          : std::string::npos;
    return {host, host.substr(0, port)};
}

/// The first of these secrets that is given, without a line end.
inline std::optional<std::string> first_of(secret_map const& secrets, std::vector<std::string> const& ids)
{
    for (auto const& id : ids)
        if (auto const found = secrets.find(id); found != secrets.end())
            return found->second.substr(0, found->second.find_last_not_of(" \t\r\n") + 1);
    return std::nullopt;
}

inline std::vector<std::string> ids_for(std::string const& prefix, std::vector<std::string> hosts)
{
    for (auto& host : hosts)
        host.insert(0, prefix);
    return hosts;
}
}  // namespace detail

ACRX_DECL void authorize(url_request& request, secret_map const& secrets)
{
    auto const hosts = detail::hosts_of(request.url);
    if (auto const header = detail::first_of(secrets, detail::ids_for("HTTP_AUTH_HEADER_", hosts)))
        request.headers.set("Authorization", *header);
    else if (auto const token = detail::first_of(secrets, detail::ids_for("HTTP_AUTH_TOKEN_", hosts)))
        request.headers.set("Authorization", "Bearer " + *token);
}

ACRX_DECL void authorize(git_options& options, git_location const& where, secret_map const& secrets)
{
    if (!detail::is_url(where.remote) || !where.user_info.empty())
        return;
    auto const hosts = detail::hosts_of(where.remote);
    auto const use_token = [&](std::optional<std::string> const& token) {
        if (token)
            options.authorization = "Basic " + to_base64("x-access-token:" + *token);
        return token.has_value();
    };
    auto const use_header = [&](std::optional<std::string> const& header) {
        if (header)
            options.authorization = *header;
        return header.has_value();
    };
    static_cast<void>(use_header(detail::first_of(secrets, detail::ids_for("GIT_AUTH_HEADER.", hosts)))
                      || use_token(detail::first_of(secrets, detail::ids_for("GIT_AUTH_TOKEN.", hosts)))
                      || use_header(detail::first_of(secrets, {"GIT_AUTH_HEADER"}))
                      || use_token(detail::first_of(secrets, {"GIT_AUTH_TOKEN"})));
}
}  // namespace acrx
#endif
