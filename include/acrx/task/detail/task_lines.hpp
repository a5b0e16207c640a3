// Looks at the lines of a task file that is no YAML yet.
#ifndef ACRX_TASK_DETAIL_TASK_LINES_HPP
#define ACRX_TASK_DETAIL_TASK_LINES_HPP

#include <acrx/io/numbered_text.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace acrx::detail {
inline std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\r\n\v\f");
    if (first == text.npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n\v\f") - first + 1);
}

/// What follows `name` and a colon at the start of a line; null if the line begins otherwise.
inline std::optional<std::string_view> after_key(std::string_view line, std::string_view name)
{
    for (auto const* quote : {"", "'", "\""}) {
        auto const key = quote + std::string(name) + quote;
        if (!line.starts_with(key))
            continue;
        auto const rest = trimmed(line.substr(key.size()));
        if (rest.starts_with(':'))
            return trimmed(rest.substr(1));
    }
    return std::nullopt;
}

/// A line that begins a key of the task itself.
inline bool is_top_key(std::string_view line)
{
    return !line.empty() && std::string_view(" \t-]}#").find(line[0]) == std::string_view::npos
           && line.find(':') != line.npos;
}

/// Calls `use(line, number)` for each line.
template<class Use>
void for_each_line(numbered_text const& text, Use use)
{
    std::string_view rest = text.text;
    for (auto const number : text.lines) {
        auto const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        use(line, number);
    }
}
}  // namespace acrx::detail
#endif
