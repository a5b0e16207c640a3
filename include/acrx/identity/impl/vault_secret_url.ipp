// Bodies of identity/vault_secret_url.hpp.
#ifndef ACRX_IDENTITY_IMPL_VAULT_SECRET_URL_IPP
#define ACRX_IDENTITY_IMPL_VAULT_SECRET_URL_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/identity/vault_secret_url.hpp>

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
[[noreturn]] inline void refuse_vault_url(std::string const& what)
{
    throw error(errc::invalid_argument, "invalid azure keyvault secret URL" + what,
                "Write https://VAULT.vault.azure.net/secrets/NAME, or .../NAME/VERSION.");
}

/// What lies between the slashes of a path that begins with one.
inline std::vector<std::string> vault_path_segments(std::string_view path)
{
    std::vector<std::string> segments;
    for (std::size_t at = 0; at < path.size();) {
        auto const end = std::min(path.find('/', at + 1), path.size());
        segments.emplace_back(path.substr(at + 1, end - at - 1));
        at = end;
    }
    return segments;
}
}  // namespace detail

ACRX_DECL std::string vault_secret_url::resource() const
{
    auto const dot = vault.host.find('.');
    bool const is_name = dot != vault.host.npos && !is_loopback_host(vault.host);
    return is_name ? "https://" + vault.host.substr(dot + 1) : "https://vault.azure.net";
}

ACRX_DECL bool looks_like_url(std::string_view text)
{
    auto const colon = text.find("://");
    return colon != text.npos && colon != 0 && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.';
    });
}

ACRX_DECL vault_secret_url parse_vault_secret_url(std::string_view text)
{
    auto const lower = ascii_lower(text);
    bool const is_web = lower.starts_with("https://") || lower.starts_with("http://");
    if (!is_web)
        detail::refuse_vault_url(" scheme. Expected Https");
    auto where = parse_url(lower);
    if (where.scheme != "https" && !is_loopback_host(where.host))
        detail::refuse_vault_url(" scheme. Expected Https");
    if (!where.user_info.empty() || where.target.find('?') != where.target.npos)
        detail::refuse_vault_url(". It holds a user or a query");
    auto path = std::exchange(where.target, "/");
    if (path.ends_with('/'))
        path.pop_back();
    auto segments = detail::vault_path_segments(path);
    if (segments.size() != 2 && segments.size() != 3)
        detail::refuse_vault_url(". Bad number of URL segments: " + std::to_string(segments.size() + 1));
    if (segments.front() != "secrets")
        detail::refuse_vault_url(". Expected 'secrets' collection, but found: " + segments.front());
    if (std::ranges::any_of(segments, &std::string::empty))
        detail::refuse_vault_url(". A part of its path is empty");
    return {std::move(where), std::move(segments[1]), segments.size() == 3 ? std::move(segments[2]) : std::string()};
}
}  // namespace acrx
#endif
