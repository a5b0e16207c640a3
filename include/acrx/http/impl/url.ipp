// Bodies of http/url.hpp.
#ifndef ACRX_HTTP_IMPL_URL_IPP
#define ACRX_HTTP_IMPL_URL_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>

#include <algorithm>
#include <charconv>
#include <vector>

namespace acrx {
namespace detail {
constexpr std::uint16_t default_port(std::string_view scheme)
{
    return scheme == "http" ? 80 : 443;
}

/// The text of a URL up to its secrets, for messages about malformed ones.
inline std::string shown_url(std::string_view text)
{
    auto const path = text.substr(0, text.find_first_of("?#"));
    auto const at = path.rfind('@');
    return std::string(at == path.npos ? path : path.substr(at + 1));
}

[[noreturn]] inline void refuse_url(std::string_view text, std::string_view why)
{
    throw error(errc::syntax, "reading the URL `" + shown_url(text) + "`: " + std::string(why));
}

/// Paths and queries go into a request line as they are, so nothing may end that line or split it.
inline std::string request_target(std::string_view text, std::string_view whole)
{
    text = text.substr(0, text.find('#'));
    auto const is_control = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), is_control))
        refuse_url(whole, "white space or control characters in it");
    if (text.empty())
        return "/";
    return text.front() == '/' ? std::string(text) : "/" + std::string(text);
}

inline void read_port(url& u, std::string_view text, std::string_view whole)
{
    if (text.empty())
        return;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), u.port);
    if (failed != std::errc{} || end != text.data() + text.size() || u.port == 0)
        refuse_url(whole, "the port is not a number from 1 to 65535");
}

inline void read_authority(url& u, std::string_view text, std::string_view whole)
{
    if (auto const at = text.rfind('@'); at != text.npos) {
        u.user_info = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    std::string_view rest;
    if (text.starts_with('[')) {
        auto const close = text.find(']');
        if (close == text.npos)
            refuse_url(whole, "`]` is missing after the IPv6 address");
        u.host = ascii_lower(text.substr(1, close - 1));
        rest = text.substr(close + 1);
        if (u.host.find_first_not_of("0123456789abcdef:.%") != u.host.npos || (!rest.empty() && rest.front() != ':'))
            refuse_url(whole, "the IPv6 address is malformed");
    } else {
        auto const colon = text.find(':');
        u.host = ascii_lower(text.substr(0, colon));
        rest = colon == text.npos ? std::string_view{} : text.substr(colon);
        if (u.host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") != u.host.npos)
            refuse_url(whole, "the host name has characters that no host name has");
    }
    if (u.host.empty())
        refuse_url(whole, "the host is missing");
    read_port(u, rest.empty() ? rest : rest.substr(1), whole);
}

/// RFC 3986, 5.2.4.
inline std::string without_dot_segments(std::string_view path)
{
    std::vector<std::string_view> kept;
    bool folder = false;
    for (std::size_t at = 0; at < path.size();) {
        auto const end = std::min(path.find('/', at + 1), path.size());
        auto const segment = path.substr(at, end - at);
        folder = segment == "/." || segment == "/..";
        if (segment == "/.." && !kept.empty())
            kept.pop_back();
        else if (!folder)
            kept.push_back(segment);
        at = end;
    }
    std::string result;
    for (auto segment : kept)
        result += segment;
    if (folder || result.empty())
        result += '/';
    return result;
}

inline std::string_view path_of(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

constexpr bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'
           || c == '~';
}
}  // namespace detail

ACRX_DECL url parse_url(std::string_view text)
{
    auto const mark = text.find("://");
    url u;
    u.scheme = ascii_lower(text.substr(0, mark == text.npos ? 0 : mark));
    if (u.scheme != "http" && u.scheme != "https")
        detail::refuse_url(text, "it does not start with http:// or https://");
    u.port = detail::default_port(u.scheme);
    auto const rest = text.substr(mark + 3);
    auto const end = std::min(rest.find_first_of("/?#"), rest.size());
    detail::read_authority(u, rest.substr(0, end), text);
    u.target = detail::request_target(rest.substr(end), text);
    return u;
}

ACRX_DECL url resolve(url const& base, std::string_view target)
{
    auto const colon = target.find(':');
    if (colon != target.npos && colon < target.find_first_of("/?#"))
        return parse_url(target);
    if (target.starts_with("//"))
        return parse_url(base.scheme + ":" + std::string(target));
    url u = base;
    target = target.substr(0, target.find('#'));
    if (target.empty())
        return u;
    if (target.front() == '?') {
        u.target = detail::request_target(std::string(detail::path_of(base.target)) + std::string(target), target);
        return u;
    }
    std::string path(detail::path_of(target));
    if (path.front() != '/') {
        auto const folder = detail::path_of(base.target);
        path.insert(0, folder.substr(0, folder.rfind('/') + 1));
    }
    auto const query = target.substr(detail::path_of(target).size());
    u.target = detail::request_target(detail::without_dot_segments(path) + std::string(query), target);
    return u;
}

ACRX_DECL std::string authority(url const& u)
{
    std::string text = u.host.find(':') == u.host.npos ? u.host : "[" + u.host + "]";
    if (u.port != detail::default_port(u.scheme))
        text += ":" + std::to_string(u.port);
    return text;
}

ACRX_DECL std::string to_string(url const& u)
{
    return u.scheme + "://" + authority(u) + u.target;
}

ACRX_DECL std::string redacted(url const& u)
{
    return u.scheme + "://" + authority(u) + std::string(detail::path_of(u.target));
}

ACRX_DECL bool same_origin(url const& a, url const& b)
{
    return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

ACRX_DECL std::string percent_encode(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (detail::is_unreserved(c))
            encoded += c;
        else
            encoded.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
    return encoded;
}

ACRX_DECL std::string percent_decode(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        auto const* const digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
            decoded += static_cast<char>(value);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

ACRX_DECL std::string with_query(std::string_view target, std::string_view name, std::string_view value)
{
    auto const mark = target.find('?');
    auto const bare = mark == target.npos;
    auto const open = !bare && (target.back() == '&' || mark + 1 == target.size());
    return std::string(target) + (bare ? "?" : open ? "" : "&") + std::string(name) + "=" + percent_encode(value);
}

ACRX_DECL bool is_loopback_host(std::string_view host)
{
    if (host == "localhost" || host.ends_with(".localhost") || host == "::1" || host == "0:0:0:0:0:0:0:1")
        return true;
    if (!host.starts_with("127."))
        return false;
    return std::count(host.begin(), host.end(), '.') == 3 && host.find_first_not_of("0123456789.") == host.npos;
}
}  // namespace acrx
#endif
