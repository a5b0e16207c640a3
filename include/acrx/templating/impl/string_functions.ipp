// Bodies of templating/detail/function_groups.hpp: texts and lists of texts.
#ifndef ACRX_TEMPLATING_IMPL_STRING_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_STRING_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/conversions.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/format.hpp>

#include <algorithm>
#include <string>

namespace acrx::templating::detail {
/// `text[from:to]` as Go cuts, out of bounds included.
inline std::string cut(std::string const& text, std::int64_t from, std::int64_t to)
{
    auto const size = static_cast<std::int64_t>(text.size());
    if (to < 0 || to > size)
        throw error(errc::invalid_argument,
                    "runtime error: slice bounds out of range [:" + std::to_string(to) + "]"
                        + (to > size ? " with length " + std::to_string(size) : std::string{}));
    if (from < 0 || from > to)
        throw error(errc::invalid_argument, "runtime error: slice bounds out of range [" + std::to_string(from) + ":"
                                                + (from < 0 ? std::string{} : std::to_string(to)) + "]");
    return text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
}

inline std::string trim_set(std::string_view set, std::string_view text)
{
    auto const members = to_runes(set);
    auto const in_set = [&](rune r) { return members.find(r.c) != members.npos; };
    while (!text.empty() && in_set(first_rune(text)))
        text.remove_prefix(first_rune(text).size);
    while (!text.empty() && in_set(last_rune(text)))
        text.remove_suffix(last_rune(text).size);
    return std::string(text);
}

inline value substring(call const& c)
{
    auto const from = c.integer(0);
    auto const to = c.integer(1);
    auto const& text = c.text(2);
    auto const size = static_cast<std::int64_t>(text.size());
    if (from < 0)
        return cut(text, 0, to);
    if (to < 0 || to > size)
        return cut(text, from, size);
    return cut(text, from, to);
}

inline std::string repeated(std::int64_t count, std::string const& text, budget& left)
{
    if (count < 0)
        throw error(errc::invalid_argument, "strings: negative Repeat count");
    bounded_text out(left);
    auto const limit = left.all().text / std::max<std::size_t>(1, text.size()) + 1;
    for (std::size_t i = 0; !text.empty() && i < std::min(limit, static_cast<std::size_t>(count)); ++i)
        out.put(text);
    if (!text.empty())
        left.check_text(out.text().size() / text.size() < static_cast<std::size_t>(count) ? left.all().text + 1 : 0);
    return out.take();
}

/// The middle of a text between dots. @param left  bytes that may go from its front
inline std::string abbreviated(std::string_view text, std::int64_t left, std::int64_t width)
{
    auto const size = static_cast<std::int64_t>(text.size());
    if (width < 4 || (left > 0 && width < 7) || size <= width)
        return std::string(text);
    auto const room = width - 3;
    auto const part = [&](std::int64_t from, std::int64_t count) {
        return std::string(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count)));
    };
    left = std::min(left, size);
    if (size - left < room)
        left = size - room;
    if (left <= 4)
        return part(0, room) + "...";
    if (left + room < size)
        return "..." + abbreviated(text.substr(static_cast<std::size_t>(left)), 0, room);
    return "..." + part(size - room, room);
}

inline value initials(call const& c)
{
    std::string out;
    auto after_gap = true;
    for (char const ch : c.text(0)) {
        auto const byte = static_cast<unsigned char>(ch);  // byte by byte, as the original does
        if (is_space(byte)) {
            after_gap = true;
        } else if (after_gap) {
            put_rune(out, byte);
            after_gap = false;
        }
    }
    return out;
}

/// Breaks lines at blanks. @param cuts_words  also inside words that are longer than a line
inline std::string wrapped(std::string const& text, std::int64_t width, std::string_view separator, bool cuts_words,
                           budget& left)
{
    if (separator.empty())
        separator = "\n";
    auto const line = static_cast<std::size_t>(std::clamp<std::int64_t>(width, 1, 1 << 30));
    std::string_view rest = text;
    bounded_text out(left);
    while (rest.size() > line) {
        if (rest[0] == ' ') {
            rest.remove_prefix(1);
            continue;
        }
        auto blank = rest.substr(0, line + 1).rfind(' ');
        if (blank == rest.npos && cuts_words) {
            out.put(rest.substr(0, line));
            out.put(separator);
            rest.remove_prefix(line);
            continue;
        }
        if (blank == rest.npos)
            blank = rest.find(' ', line);
        out.put(rest.substr(0, blank));
        if (blank == rest.npos)
            return out.take();
        out.put(separator);
        rest.remove_prefix(blank + 1);
    }
    out.put(rest);
    return out.take();
}

inline value quotes(call const& c, bool single)
{
    bounded_text out(c.left());
    for (auto const& v : c.all()) {
        if (v.is_nil())
            continue;
        if (!out.text().empty())
            out.put(" ");
        auto const text = to_text(v, c.left());
        out.put(single ? '\'' + text + '\'' : go_quoted(text));
    }
    return out.take();
}

inline value concatenated(call const& c)
{
    std::vector<std::string> parts;
    for (auto const& v : c.all())
        if (!v.is_nil())
            parts.push_back(to_text(v, c.left()));
    return join(parts, " ", c.left());
}

inline std::string indented(call const& c)
{
    auto const pad = repeated(c.integer(0), " ", c.left());
    return pad + replace_all(c.text(1), "\n", "\n" + pad, c.left());
}

inline value numbered(std::vector<std::string> parts)
{
    value_map map;
    for (std::size_t i = 0; i < parts.size(); ++i)
        map.insert_or_assign('_' + std::to_string(i), value(std::move(parts[i])));
    return {std::move(map), element_type::text};
}

inline value sorted_texts(call const& c)
{
    auto texts = to_texts(c[0], c.left());
    if (!c[0].if_list() && c[0].is_nil())
        texts = {"<nil>"};
    c.left().spend(texts.size() * 8);
    std::sort(texts.begin(), texts.end());
    return value::texts(std::move(texts));
}

inline value without_space(call const& c)
{
    std::string out;
    for (char32_t const r : to_runes(c.text(0)))
        if (!is_space(r))
            put_rune(out, r);
    return out;
}

ACRX_DECL function_group string_functions()
{
    auto const starts = [](call const& c) { return value(c.text(1).starts_with(c.text(0))); };
    auto const ends = [](call const& c) { return value(c.text(1).ends_with(c.text(0))); };
    auto const trim_all = [](call const& c) { return value(trim_set(c.text(0), c.text(1))); };
    auto const after = [](std::string const& text, std::size_t size) { return value(text.substr(size)); };
    return {
        {"trim", "s", [](call const& c) { return value(trim_space(c.text(0))); }},
        {"trimAll", "ss", trim_all},
        {"trimall", "ss", trim_all},
        {"trimPrefix", "ss", [=](call const& c) { return starts(c).truth() ? after(c.text(1), c.text(0).size()) : c[1]; }},
        {"trimSuffix", "ss",
         [=](call const& c) {
             return ends(c).truth() ? value(c.text(1).substr(0, c.text(1).size() - c.text(0).size())) : c[1];
         }},
        {"contains", "ss", [](call const& c) { return value(find_text(c.text(1), c.text(0)) != std::string::npos); }},
        {"hasPrefix", "ss", starts},
        {"hasSuffix", "ss", ends},
        {"replace", "sss", [](call const& c) { return value(replace_all(c.text(2), c.text(0), c.text(1), c.left())); }},
        {"repeat", "is", [](call const& c) { return value(repeated(c.integer(0), c.text(1), c.left())); }},
        {"substr", "iis", substring},
        {"trunc", "is",
         [](call const& c) {
             auto const fits = static_cast<std::int64_t>(c.text(1).size()) <= c.integer(0);
             return fits ? c[1] : value(cut(c.text(1), 0, c.integer(0)));
         }},
        {"nospace", "s", without_space},
        {"abbrev", "is", [](call const& c) { return value(abbreviated(c.text(1), 0, c.integer(0))); }},
        {"abbrevboth", "iis", [](call const& c) { return value(abbreviated(c.text(2), c.integer(0), c.integer(1))); }},
        {"initials", "s", initials},
        {"wrap", "is", [](call const& c) { return value(wrapped(c.text(1), c.integer(0), "", false, c.left())); }},
        {"wrapWith", "iss",
         [](call const& c) { return value(wrapped(c.text(2), c.integer(0), c.text(1), true, c.left())); }},
        {"plural", "ssi", [](call const& c) { return c.integer(2) == 1 ? c[0] : c[1]; }},
        {"quote", "a*", [](call const& c) { return quotes(c, false); }},
        {"squote", "a*", [](call const& c) { return quotes(c, true); }},
        {"cat", "a*", concatenated},
        {"indent", "is", [](call const& c) { return value(indented(c)); }},
        {"nindent", "is", [](call const& c) { return value('\n' + indented(c)); }},
        {"toString", "a", [](call const& c) { return value(to_text(c[0], c.left())); }},
        {"toStrings", "a", [](call const& c) { return value::texts(to_texts(c[0], c.left())); }},
        {"join", "sa", [](call const& c) { return value(join(to_texts(c[1], c.left()), c.text(0), c.left())); }},
        {"sortAlpha", "a", sorted_texts},
        {"splitList", "ss", [](call const& c) { return value::texts(split(c.text(1), c.text(0), -1, c.left())); }},
        {"split", "ss", [](call const& c) { return numbered(split(c.text(1), c.text(0), -1, c.left())); }},
        {"splitn", "sis", [](call const& c) { return numbered(split(c.text(2), c.text(0), c.integer(1), c.left())); }},
        {"hello", "", [](call const&) { return value("Hello!"); }},
        {"fail", "s", [](call const& c) -> value { throw error(errc::invalid_argument, c.text(0)); }},
    };
}
}  // namespace acrx::templating::detail
#endif
