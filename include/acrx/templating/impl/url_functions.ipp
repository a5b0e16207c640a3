// Bodies of templating/detail/function_groups.hpp: URLs in their parts.
#ifndef ACRX_TEMPLATING_IMPL_URL_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_URL_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
[[noreturn]] inline void refuse_url(std::string_view url, std::string const& why)
{
    throw error(errc::invalid_argument, "unable to parse url: parse " + go_quoted(url) + ": " + why);
}

/// Undoes `%41`. @throws error if an escape is malformed
inline std::string unescaped(std::string_view part, std::string_view url)
{
    constexpr std::string_view hex = "0123456789abcdefABCDEF";
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] != '%') {
            text += part[i];
            continue;
        }
        auto const digits = part.substr(i + 1, 2);
        if (digits.size() < 2 || digits.find_first_not_of(hex) != digits.npos)
            refuse_url(url, "invalid URL escape " + go_quoted(part.substr(i, 3)));
        text += static_cast<char>(std::stoi(std::string(digits), nullptr, 16));
        i += 2;
    }
    return text;
}

/// Escapes what is neither a letter, a digit, `-_.~` nor in `allowed`.
inline std::string escaped(std::string_view part, std::string_view allowed)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string text;
    for (char const c : part) {
        auto const byte = static_cast<unsigned char>(c);
        auto const plain = byte < 0x80 && (is_letter(byte) || is_digit(byte) || std::string_view("-_.~").find(c) < 4);
        if (plain || allowed.find(c) != allowed.npos)
            text += c;
        else
            ((text += '%') += hex[byte >> 4]) += hex[byte & 15];
    }
    return text;
}

/// A URL in the parts that templates see, unescaped.
struct url_parts
{
    std::string scheme, host, path, query, opaque, fragment, userinfo;
};

inline void read_authority(std::string_view authority, std::string_view url, url_parts& parts)
{
    if (auto const at = authority.rfind('@'); at != authority.npos) {
        auto const user = authority.substr(0, at);
        auto const colon = user.find(':');
        parts.userinfo = escaped(unescaped(user.substr(0, colon), url), "$&+,;=");
        if (colon != user.npos)
            parts.userinfo += ':' + escaped(unescaped(user.substr(colon + 1), url), "$&+,;=");
        authority.remove_prefix(at + 1);
    }
    auto const bracket = authority.starts_with('[') ? authority.rfind(']') : 0;
    if (bracket == authority.npos)
        refuse_url(url, "missing ']' in host");
    auto const port = authority.substr(std::min(authority.find(':', bracket), authority.size()));
    if (port.find_first_not_of("0123456789", 1) != port.npos)
        refuse_url(url, "invalid port " + go_quoted(port) + " after host");
    if (auto const blank = authority.find(' '); blank != authority.npos)
        refuse_url(url, "invalid character \" \" in host name");
    parts.host = unescaped(authority, url);
}

inline url_parts parse_url(std::string_view url)
{
    url_parts parts;
    if (std::any_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }))
        refuse_url(url, "net/url: invalid control character in URL");
    auto rest = url;
    if (auto const hash = rest.find('#'); hash != rest.npos) {
        parts.fragment = unescaped(rest.substr(hash + 1), url);
        rest = rest.substr(0, hash);
    }
    auto const scheme_end =
        rest.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    if (scheme_end != rest.npos && rest[scheme_end] == ':') {
        if (scheme_end == 0)
            refuse_url(url, "missing protocol scheme");
        if (is_letter(static_cast<unsigned char>(rest[0]))) {
            parts.scheme = lower(rest.substr(0, scheme_end));
            rest.remove_prefix(scheme_end + 1);
        } else {
            refuse_url(url, "first path segment in URL cannot contain colon");
        }
    }
    if (auto const mark = rest.find('?'); mark != rest.npos) {
        parts.query = rest.substr(mark + 1);
        rest = rest.substr(0, mark);
    }
    if (!rest.starts_with('/') && !parts.scheme.empty()) {
        parts.opaque = rest;
        return parts;
    }
    if (parts.scheme.empty() && rest.substr(0, rest.find('/')).find(':') != rest.npos)
        refuse_url(url, "first path segment in URL cannot contain colon");
    if (rest.starts_with("//") && (!parts.scheme.empty() || !rest.starts_with("///"))) {
        rest.remove_prefix(2);
        auto const authority = rest.substr(0, rest.find('/'));
        rest.remove_prefix(authority.size());
        read_authority(authority, url, parts);
    }
    parts.path = unescaped(rest, url);
    return parts;
}

inline std::string host_name(std::string_view host)
{
    if (host.starts_with('['))
        return std::string(host.substr(1, host.rfind(']') - 1));
    return std::string(host.substr(0, host.find(':')));
}

inline value url_parse(call const& c)
{
    auto const parts = parse_url(c.text(0));
    return value::map_of({{"scheme", parts.scheme},
                          {"host", parts.host},
                          {"hostname", host_name(parts.host)},
                          {"path", parts.path},
                          {"query", parts.query},
                          {"opaque", parts.opaque},
                          {"fragment", parts.fragment},
                          {"userinfo", parts.userinfo}});
}

inline std::string url_part(value const& dict, std::string const& key)
{
    auto const* map = dict.if_map();
    if (!map || !map->contains(key))
        return {};
    auto const& v = map->find(key)->second;
    if (!v.if_text())
        throw error(errc::invalid_argument, "unable to parse " + key + " key, must be of type string, but "
                                                + std::string(v.kind_name()) + " found");
    return *v.if_text();
}

inline value url_join(call const& c)
{
    auto const part = [&](char const* key) { return url_part(c[0], key); };
    std::string url;
    auto const scheme = part("scheme");
    auto const host = part("host");
    auto const path = part("path");
    auto userinfo = part("userinfo");
    if (!userinfo.empty())
        userinfo = parse_url("proto://" + userinfo + "@host").userinfo + '@';
    if (!scheme.empty())
        url = scheme + ':';
    if (auto const opaque = part("opaque"); !opaque.empty()) {
        url += opaque;
    } else {
        if (!scheme.empty() || !host.empty() || !userinfo.empty()) {
            if (!host.empty() || !path.empty() || !userinfo.empty())
                url += "//";
            url += userinfo + escaped(host, "!$&'()*+,;=:[]<>\"");
        }
        auto const shown = escaped(path, "$&+,/:;=@");
        if (!shown.empty() && shown[0] != '/' && !host.empty())
            url += '/';
        if (url.empty() && shown.substr(0, shown.find('/')).find(':') != std::string::npos)
            url += "./";
        url += shown;
    }
    if (auto const query = part("query"); !query.empty())
        url += '?' + query;
    if (auto const fragment = part("fragment"); !fragment.empty())
        url += '#' + escaped(fragment, "$&+,/:;=?@!()*");
    return url;
}

ACRX_DECL function_group url_functions()
{
    return {{"urlParse", "s", url_parse}, {"urlJoin", "m", url_join}};
}
}  // namespace acrx::templating::detail
#endif
