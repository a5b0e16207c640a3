// Bodies of image/reference.hpp.
#ifndef ACRX_IMAGE_IMPL_REFERENCE_IPP
#define ACRX_IMAGE_IMPL_REFERENCE_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/reference.hpp>

#include <algorithm>

namespace acrx {
namespace detail {
inline constexpr std::string_view default_domain = "docker.io";
inline constexpr std::string_view legacy_default_domain = "index.docker.io";
inline constexpr std::string_view official_prefix = "library/";
inline constexpr std::size_t longest_repository = 255;
inline constexpr std::size_t longest_tag = 128;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_lower(c) || is_upper(c); }
constexpr bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Whether every part of `text` between separators satisfies `is_part`.
template<class Predicate>
bool all_parts(std::string_view text, char separator, Predicate is_part)
{
    for (;;) {
        auto const end = text.find(separator);
        if (!is_part(text.substr(0, end)))
            return false;
        if (end == std::string_view::npos)
            return true;
        text.remove_prefix(end + 1);
    }
}

/// DNS names, IPv4 and bracketed IPv6 addresses, each with an optional port.
inline bool is_registry_domain(std::string_view domain)
{
    auto host = domain;
    auto const bracket = domain.starts_with('[') ? domain.find(']') : std::string_view::npos;
    auto const colon = domain.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        host = domain.substr(0, colon);
        auto const port = domain.substr(colon + 1);
        if (port.empty() || !std::ranges::all_of(port, is_digit))
            return false;
    }
    if (host.starts_with('['))
        return host.size() > 2 && host.ends_with(']')
               && std::ranges::all_of(host.substr(1, host.size() - 2),
                                      [](char c) { return is_hexadecimal(c) || c == ':'; });
    return all_parts(host, '.', [](std::string_view label) {
        return !label.empty() && is_alphanumeric(label.front()) && is_alphanumeric(label.back())
               && std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
    });
}

/// Lower-case letters and digits, with `.`, `_`, `__` or any number of `-` between them.
inline bool is_repository_part(std::string_view part)
{
    auto const is_word = [](char c) { return is_digit(c) || is_lower(c); };
    if (part.empty() || !is_word(part.front()) || !is_word(part.back()))
        return false;
    for (auto begin = part.begin(); (begin = std::find_if_not(begin, part.end(), is_word)) != part.end();) {
        auto const end = std::find_if(begin, part.end(), is_word);
        std::string_view const separator(begin, end);
        if (separator != "." && separator != "_" && separator != "__"
            && separator.find_first_not_of('-') != std::string_view::npos)
            return false;
        begin = end;
    }
    return true;
}

inline bool is_tag(std::string_view tag)
{
    return !tag.empty() && tag.size() <= longest_tag && tag.front() != '.' && tag.front() != '-'
           && std::ranges::all_of(tag, [](char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

/// The form of a digest inside a reference: looser than a digest, so that a wrong one is named as such.
inline bool looks_like_digest(std::string_view text)
{
    auto const colon = text.find(':');
    if (colon == std::string_view::npos)
        return false;
    auto const encoded = text.substr(colon + 1);
    auto const letter = [](char c) { return is_lower(c) || is_upper(c); };
    bool follows_separator = true;
    for (char c : text.substr(0, colon)) {
        bool const separator = c == '-' || c == '_' || c == '+' || c == '.';
        if (follows_separator ? !letter(c) : !is_alphanumeric(c) && !separator)
            return false;
        follows_separator = separator;
    }
    return !follows_separator && encoded.size() >= 32 && std::ranges::all_of(encoded, is_hexadecimal);
}

[[noreturn]] inline void refuse_reference(std::string_view text, std::string const& why)
{
    throw error(errc::syntax, "reading the image reference \"" + std::string(text.substr(0, 300)) + "\": " + why,
                "A reference reads [host[:port]/]name[:tag][@digest].");
}

/// Docker's rule: what stands before the first slash is a host only if it cannot be a part of a name.
inline bool starts_with_domain(std::string_view text, std::size_t slash)
{
    auto const first = text.substr(0, slash);
    return slash != std::string_view::npos
           && (first == "localhost" || first.find_first_of(".:") != std::string_view::npos
               || std::ranges::any_of(first, is_upper));
}
}  // namespace detail

ACRX_DECL reference parse_reference(std::string_view text)
{
    using detail::refuse_reference;
    if (text.size() == 64 && std::ranges::all_of(text, [](char c) {
            return detail::is_hexadecimal(c) && !detail::is_upper(c);
        }))
        refuse_reference(text, "invalid repository name (" + std::string(text)
                                   + "), cannot specify 64-byte hexadecimal strings");

    reference r;
    auto rest = text;
    auto const slash = text.find('/');
    r.domain = detail::default_domain;
    if (detail::starts_with_domain(text, slash)) {
        r.domain = text.substr(0, slash);
        rest.remove_prefix(slash + 1);
        if (r.domain == detail::legacy_default_domain)
            r.domain = detail::default_domain;
    }
    auto const at = rest.find('@');
    auto const named = rest.substr(0, at);
    auto const last_part = named.rfind('/') == std::string_view::npos ? 0 : named.rfind('/') + 1;
    auto const colon = named.find(':', last_part);
    bool const official = r.domain == detail::default_domain && rest.find('/') == std::string_view::npos;
    std::string const prefix(official ? detail::official_prefix : std::string_view{});
    r.path = prefix + std::string(named.substr(0, colon));
    auto const before_colon = rest.substr(0, rest.find(':'));
    if (std::ranges::any_of(before_colon, detail::is_upper))
        refuse_reference(text, "invalid reference format: repository name (" + prefix + std::string(before_colon)
                                   + ") must be lowercase");
    // A host with an underscore is no domain by the grammar, yet Docker takes it, as a part of the name.
    bool const has_tag = colon != std::string_view::npos;
    auto const tag = has_tag ? named.substr(colon + 1) : std::string_view("latest");
    auto const digest_text = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    if (!detail::all_parts(r.path, '/', detail::is_repository_part) || !detail::is_tag(tag)
        || (at != std::string_view::npos && !detail::looks_like_digest(digest_text))
        || !(detail::is_registry_domain(r.domain) || detail::is_repository_part(r.domain)))
        refuse_reference(text, "invalid reference format");
    if (r.path.size() > detail::longest_repository)
        refuse_reference(text, "repository name must not be more than 255 characters");
    if (at != std::string_view::npos)
        r.digest = digest::parse(digest_text);  // its error names the digest, which is what the user has to mend
    if (has_tag || r.digest.empty())
        r.tag = tag;
    return r;
}

ACRX_DECL std::string to_string(reference const& r)
{
    auto text = r.domain + "/" + r.path;
    if (!r.tag.empty())
        text += ":" + r.tag;
    if (!r.digest.empty())
        text += "@" + r.digest.str();
    return text;
}

ACRX_DECL std::string familiar(reference const& r)
{
    auto short_form = r;
    if (r.tag == "latest" && r.digest.empty())
        short_form.tag.clear();
    auto text = to_string(short_form);
    // docker.io/a.b/c keeps its domain: without it, a.b would be read as one.
    if (r.domain != detail::default_domain || detail::starts_with_domain(r.path, r.path.find('/')))
        return text;
    text.erase(0, r.domain.size() + 1);
    // library/foo/bar keeps its first part: without it, it would be read as another name.
    bool const official = r.path.starts_with(detail::official_prefix)
                          && r.path.find('/', detail::official_prefix.size()) == std::string::npos;
    if (official)
        text.erase(0, detail::official_prefix.size());
    return text;
}
}  // namespace acrx
#endif
