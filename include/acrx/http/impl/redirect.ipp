// Bodies of http/redirect.hpp.
#ifndef ACRX_HTTP_IMPL_REDIRECT_IPP
#define ACRX_HTTP_IMPL_REDIRECT_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/redirect.hpp>

namespace acrx {
namespace detail {
inline bool becomes_get(unsigned status, std::string const& method)
{
    return (status == 303 && method != "HEAD") || ((status == 301 || status == 302) && method == "POST");
}

inline void drop_body(http_request& request)
{
    request.method = "GET";
    request.body = {};
    request.headers.erase("Content-Type");
    request.headers.erase("Content-Range");
}

inline void drop_secrets(http_request& request)
{
    for (auto const* name : {"Authorization", "Cookie", "Proxy-Authorization"})
        request.headers.erase(name);
    request.verify_peer = true;
}
}  // namespace detail

ACRX_DECL std::optional<http_request> redirected(http_request const& sent, http_response const& answer)
{
    auto const status = answer.status;
    if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308)
        return std::nullopt;
    http_request next = sent;
    try {
        auto const leads_to = answer.headers.get("Location");
        if (leads_to.empty())
            throw error(errc::syntax, "");
        next.target = resolve(sent.target, leads_to);
    } catch (error const&) {
        throw error(errc::protocol, "following the redirect of " + redacted(sent.target) + ", which leads to no HTTP URL");
    }
    if (detail::becomes_get(status, sent.method))
        detail::drop_body(next);
    if (!same_origin(sent.target, next.target))
        detail::drop_secrets(next);
    return next;
}
}  // namespace acrx
#endif
