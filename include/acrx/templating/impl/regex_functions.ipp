// Bodies of templating/detail/function_groups.hpp: regular expressions.
#ifndef ACRX_TEMPLATING_IMPL_REGEX_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_REGEX_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/detail/regex.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
inline regex compiled(std::string const& expression)
{
    try {
        return regex(expression);
    } catch (error const& e) {
        auto const plain = expression.find('`') == expression.npos;
        throw error(errc::invalid_argument, "regexp: Compile(" + (plain ? '`' + expression + '`' : go_quoted(expression))
                                                + "): " + e.doing());
    }
}

inline std::string_view part_of(std::string_view text, regex_match const& match, std::size_t group = 0)
{
    auto const begin = match[group * 2];
    return begin == text.npos ? std::string_view{} : text.substr(begin, match[group * 2 + 1] - begin);
}

/// A bad expression matches nothing.
inline value matches(call const& c)
{
    try {
        auto const expression = regex(c.text(0));
        return expression.find(c.text(1), 0, c.left()).has_value();
    } catch (error const& e) {
        if (e.code() == errc::syntax)
            return false;
        throw;
    }
}

inline value find_first(call const& c)
{
    auto const match = compiled(c.text(0)).find(c.text(1), 0, c.left());
    return match ? value(part_of(c.text(1), *match)) : value("");
}

inline value find_all(call const& c)
{
    std::vector<std::string> found;
    for (auto const& match : compiled(c.text(0)).find_all(c.text(1), c.integer(2), c.left()))
        found.emplace_back(part_of(c.text(1), match));
    return value::texts(std::move(found));
}

/// Writes a replacement: `$1`, `${1}`, `$name` (the longest name), `$$`.
inline void put_replacement(bounded_text& out, std::string_view with, regex const& expression, std::string_view text,
                            regex_match const& match)
{
    auto const word_end = [](std::string_view s) {
        std::size_t end = 0;
        while (end < s.size() && (is_letter(first_rune(s.substr(end)).c) || is_digit(first_rune(s.substr(end)).c)
                                  || s[end] == '_'))
            end += first_rune(s.substr(end)).size;
        return end;
    };
    while (true) {
        auto const dollar = with.find('$');
        out.put(with.substr(0, dollar));
        if (dollar == with.npos)
            return;
        with.remove_prefix(dollar + 1);
        if (with.starts_with('$')) {
            out.put("$");
            with.remove_prefix(1);
            continue;
        }
        auto const braces = with.starts_with('{');
        auto const inside = with.substr(braces ? 1 : 0);
        auto const size = word_end(inside);
        if (size == 0 || (braces && !inside.substr(size).starts_with('}'))) {
            out.put("$");  // malformed: stands for itself
            continue;
        }
        if (auto const group = expression.group(inside.substr(0, size)))
            out.put(part_of(text, match, *group));
        with.remove_prefix(size + (braces ? 2 : 0));
    }
}

inline value replace_matches(call const& c, bool literal)
{
    auto const expression = compiled(c.text(0));
    std::string_view const text = c.text(1);
    bounded_text out(c.left());
    std::size_t from = 0;
    for (auto const& match : expression.find_all(text, -1, c.left())) {
        out.put(text.substr(from, match[0] - from));
        if (literal)
            out.put(c.text(2));
        else
            put_replacement(out, c.text(2), expression, text, match);
        from = match[1];
    }
    out.put(text.substr(from));
    return out.take();
}

inline value split_at_matches(call const& c)
{
    auto const expression = compiled(c.text(0));
    std::string_view const text = c.text(1);
    auto const most = c.integer(2);
    if (most == 0)
        return value::texts({});
    if (!c.text(0).empty() && text.empty())
        return value::texts({""});
    std::vector<std::string> parts;
    std::size_t begin = 0;
    std::size_t end = 0;
    for (auto const& match : expression.find_all(text, most, c.left())) {
        if (most > 0 && parts.size() + 1 == static_cast<std::size_t>(most))
            break;
        end = match[0];
        if (match[1] != 0)
            parts.emplace_back(text.substr(begin, end - begin));
        begin = match[1];
    }
    if (end != text.size())
        parts.emplace_back(text.substr(begin));
    return value::texts(std::move(parts));
}

ACRX_DECL function_group regex_functions()
{
    return {
        {"regexMatch", "ss", matches},
        {"regexFind", "ss", find_first},
        {"regexFindAll", "ssi", find_all},
        {"regexReplaceAll", "sss", [](call const& c) { return replace_matches(c, false); }},
        {"regexReplaceAllLiteral", "sss", [](call const& c) { return replace_matches(c, true); }},
        {"regexSplit", "ssi", split_at_matches},
    };
}
}  // namespace acrx::templating::detail
#endif
