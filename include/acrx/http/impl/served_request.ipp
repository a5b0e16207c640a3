// Bodies of http/served_request.hpp.
#ifndef ACRX_HTTP_IMPL_SERVED_REQUEST_IPP
#define ACRX_HTTP_IMPL_SERVED_REQUEST_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/http/url.hpp>

#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <span>

namespace acrx {
namespace detail {
inline std::string query_text(std::string_view encoded)
{
    std::string text(encoded);
    std::replace(text.begin(), text.end(), '+', ' ');
    return percent_decode(text);
}
}  // namespace detail

ACRX_DECL std::string_view served_request::path() const
{
    return std::string_view(target).substr(0, target.find('?'));
}

ACRX_DECL std::vector<std::pair<std::string, std::string>> served_request::query() const
{
    std::vector<std::pair<std::string, std::string>> found;
    auto const mark = target.find('?');
    if (mark == std::string::npos)
        return found;
    auto rest = std::string_view(target).substr(mark + 1);
    while (!rest.empty()) {
        auto const part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        auto const equals = part.find('=');
        auto const value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        if (!part.empty())
            found.emplace_back(detail::query_text(part.substr(0, equals)), detail::query_text(value));
    }
    return found;
}

ACRX_DECL std::optional<std::string> served_request::parameter(std::string_view name) const
{
    for (auto& [key, value] : query())
        if (ascii_lower(key) == ascii_lower(name))
            return std::move(value);
    return std::nullopt;
}

ACRX_DECL net::awaitable<std::string> read_text(served_request& request, std::size_t limit)
{
    std::string text;
    byte_sink sink = [&](std::span<std::byte const> piece) -> net::awaitable<void> {
        text.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        co_return;
    };
    if (request.read_body)
        co_await request.read_body(std::move(sink), limit);
    co_return text;
}

ACRX_DECL http_reply text_reply(unsigned status, std::string text, std::string_view type)
{
    http_reply reply{.status = status, .headers = {}, .body = std::move(text)};
    reply.headers.set("Content-Type", std::string(type));
    return reply;
}

ACRX_DECL std::string_view reason_phrase(unsigned status)
{
    auto const known = boost::beast::http::int_to_status(status);
    if (known == boost::beast::http::status::unknown)
        return {};
    auto const phrase = boost::beast::http::obsolete_reason(known);
    return {phrase.data(), phrase.size()};
}
}  // namespace acrx
#endif
