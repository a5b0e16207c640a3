// Bodies of task/detail/line_marks.hpp.
#ifndef ACRX_TASK_IMPL_LINE_MARKS_IPP
#define ACRX_TASK_IMPL_LINE_MARKS_IPP
#include <acrx/task/detail/line_marks.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>
#include <utility>

namespace acrx::detail {
inline constexpr std::string_view mark_start = "\x01line:";
inline constexpr char mark_end = '\x02';

/// Where an action that begins at `at` ends: behind its `}}`; at the end of the text if it does not.
inline std::size_t end_of_action(std::string_view text, std::size_t at)
{
    auto const inside = text.substr(at + 2);
    auto const begin = inside.starts_with("- ") ? inside.substr(2) : inside;
    if (begin.starts_with("/*")) {
        auto const end = text.find("*/", at);
        auto const close = text.find("}}", std::min(end, text.size()));
        return close == text.npos ? text.size() : close + 2;
    }
    for (auto i = at + 2; i < text.size(); ++i) {
        if (text.compare(i, 2, "}}") == 0)
            return i + 2;
        auto const quote = text[i];
        if (quote != '"' && quote != '\'' && quote != '`')
            continue;
        for (++i; i < text.size() && text[i] != quote && (quote == '`' || text[i] != '\n'); ++i)
            if (text[i] == '\\' && quote != '`')
                ++i;
    }
    return text.size();
}

/// Where plain text that begins at `at` ends: behind its line, or at an action.
inline std::size_t end_of_text(std::string_view text, std::size_t at)
{
    auto const feed = text.find('\n', at);
    auto const line = text.substr(at, feed == text.npos ? text.npos : feed + 1 - at);
    return at + std::min(line.find("{{"), line.size());
}

ACRX_DECL std::string with_line_marks(std::string_view text)
{
    std::string marked;
    marked.reserve(text.size() + text.size() / 2);
    std::size_t line = 1;
    bool needs_mark = true;
    for (std::size_t i = 0; i < text.size();) {
        if (needs_mark) {
            auto const begin = std::min(text.find_first_not_of(" \t\r\n", i), text.size());
            auto const blanks = text.substr(i, begin - i);
            marked += blanks;
            line += static_cast<std::size_t>(std::count(blanks.begin(), blanks.end(), '\n'));
            i = begin;
            if (i < text.size() && text.compare(i, 3, "{{-") != 0)
                ((marked += mark_start) += std::to_string(line)) += mark_end;
        }
        bool const is_action = text.compare(i, 2, "{{") == 0;
        auto const end = is_action ? end_of_action(text, i) : end_of_text(text, i);
        auto const part = text.substr(i, end - i);
        marked += part;
        auto const feeds = static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
        line += feeds;
        needs_mark = !is_action && feeds > 0;
        i = end;
    }
    return marked;
}

/// Takes a mark from the front of `text`; nothing if there is none.
inline std::optional<std::size_t> take_mark(std::string_view& text)
{
    if (!text.starts_with(mark_start))
        return std::nullopt;
    std::size_t line = 0;
    auto const* begin = text.data() + mark_start.size();
    auto const* end = text.data() + text.size();
    auto const [after, failure] = std::from_chars(begin, end, line);
    if (failure != std::errc{} || after == end || *after != mark_end)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(after + 1 - text.data()));
    return line;
}

ACRX_DECL numbered_text take_line_marks(std::string_view output, numbered_text const& origin)
{
    numbered_text plain;
    std::size_t now = 1;
    while (!output.empty()) {
        auto line = output.substr(0, output.find('\n'));
        bool const is_whole = line.size() < output.size();
        output.remove_prefix(std::min(output.size(), line.size() + 1));
        bool is_first = true;
        for (auto at = line.find(mark_start); at != line.npos; at = line.find(mark_start)) {
            plain.text += line.substr(0, at);
            line.remove_prefix(at);
            auto const mark = take_mark(line);
            if (!mark) {
                plain.text += line.front();
                line.remove_prefix(1);
                continue;
            }
            if (std::exchange(is_first, false))
                plain.lines.push_back(origin.in_file({*mark, 1}).line);
            now = *mark;
        }
        if (is_first)
            plain.lines.push_back(origin.in_file({now, 1}).line);
        plain.text += line;
        if (is_whole)
            plain.text += '\n';
    }
    return plain;
}
}  // namespace acrx::detail
#endif
