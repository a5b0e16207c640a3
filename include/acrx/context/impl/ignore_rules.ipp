// Bodies of context/ignore_rules.hpp.
#ifndef ACRX_CONTEXT_IMPL_IGNORE_RULES_IPP
#define ACRX_CONTEXT_IMPL_IGNORE_RULES_IPP
#include <acrx/context/ignore_rules.hpp>
#include <acrx/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace acrx {
namespace detail {
inline std::string_view trim_blanks(std::string_view text)
{
    constexpr std::string_view blanks = " \t\n\v\f\r";
    auto const first = std::min(text.find_first_not_of(blanks), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// The shortest path that is lexically the same: no empty elements, no `.`, no `..` after a name.
inline std::string clean_pattern_path(std::string_view path)
{
    bool const absolute = path.starts_with('/');
    std::vector<std::string_view> kept;
    while (!path.empty()) {
        auto const element = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(element.size() + 1, path.size()));
        if (element.empty() || element == ".")
            continue;
        if (element == ".." && !kept.empty() && kept.back() != "..")
            kept.pop_back();
        else if (element != ".." || !absolute)
            kept.push_back(element);
    }
    std::string result(absolute ? "/" : "");
    for (auto const& element : kept) {
        if (&element != &kept.front())
            result += '/';
        result += element;
    }
    return result.empty() ? "." : result;
}
}  // namespace detail

ACRX_DECL ignore_rules::ignore_rules(std::vector<std::string> patterns)
{
    for (auto const& given : patterns) {
        auto const trimmed = detail::trim_blanks(given);
        if (trimmed.empty())
            continue;
        auto pattern = detail::clean_pattern_path(trimmed);
        if (pattern == "!")
            throw error(errc::syntax, "illegal exclusion pattern: \"!\"", "Write a path after the exclamation mark.");
        bool const includes = pattern.starts_with('!');
        rules_.push_back({{std::string_view(pattern).substr(includes ? 1 : 0),
                           detail::path_pattern::dialect::ignore_file},
                          includes});
        patterns_.push_back(std::move(pattern));
    }
}

ACRX_DECL bool ignore_rules::excludes(std::string_view path) const
{
    ignore_verdict verdict;
    for (auto slash = path.find('/', 1); slash != std::string_view::npos; slash = path.find('/', slash + 1))
        verdict = match(path.substr(0, slash), verdict);
    return match(path, verdict).excluded;
}

ACRX_DECL ignore_verdict ignore_rules::match(std::string_view path, ignore_verdict parent) const
{
    for (int i = static_cast<int>(rules_.size()) - 1; i > parent.rule; --i) {
        auto const& r = rules_[static_cast<std::size_t>(i)];
        if (r.pattern.matches(path))
            return {!r.includes, i};
    }
    return parent;
}

ACRX_DECL bool ignore_rules::may_include_below(std::string_view dir, ignore_verdict verdict) const
{
    return std::any_of(rules_.begin() + (verdict.rule + 1), rules_.end(),
                       [&](rule const& r) { return r.includes && r.pattern.could_match_below(dir); });
}

ACRX_DECL std::vector<std::string> clean_ignore_lines(std::string_view text)
{
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    std::vector<std::string> patterns;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with('#'))
            continue;
        line = detail::trim_blanks(line);
        if (line.empty())
            continue;
        bool const includes = line.starts_with('!');
        if (includes)
            line = detail::trim_blanks(line.substr(1));
        auto pattern = line.empty() ? std::string() : detail::clean_pattern_path(line);
        if (pattern.size() > 1 && pattern.starts_with('/'))
            pattern.erase(0, 1);
        patterns.push_back((includes ? "!" : "") + pattern);
    }
    return patterns;
}

ACRX_DECL ignore_rules parse_ignore_rules(std::string_view text)
{
    return ignore_rules(clean_ignore_lines(text));
}
}  // namespace acrx
#endif
