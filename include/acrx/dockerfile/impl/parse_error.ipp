// Bodies of dockerfile/parse_error.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_PARSE_ERROR_IPP
#define ACRX_DOCKERFILE_IMPL_PARSE_ERROR_IPP
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <vector>

namespace acrx::dockerfile {
namespace detail {
inline std::vector<std::string_view> lines_of(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// The part of a long line that is worth a look: its begin.
inline std::string shortened(std::string_view line)
{
    constexpr std::size_t longest = 200;
    if (line.size() <= longest)
        return std::string(line);
    return std::string(line.substr(0, longest)) + "... (" + std::to_string(line.size()) + " bytes)";
}
}  // namespace detail

ACRX_DECL std::string render_snippet(std::string_view file_name, std::string_view text, source_span where)
{
    if (where.first_line < 1)
        return {};
    return std::string(file_name) + ":" + std::to_string(where.first_line) + ":" + std::to_string(where.column) + "\n"
           + render_lines(text, where);
}

ACRX_DECL std::string render_lines(std::string_view text, source_span where)
{
    auto const lines = detail::lines_of(text);
    int const count = static_cast<int>(lines.size());
    if (where.first_line < 1 || where.first_line > count)
        return {};
    constexpr int context = 4;
    constexpr std::string_view rule = "--------------------\n";
    int const last_marked = std::max(where.first_line, std::min(where.last_line, count));
    int const last = std::min(count, last_marked + context);
    auto const width = std::max<std::size_t>(4, std::to_string(last).size() + 1);
    std::string result(rule);
    for (int n = std::max(1, where.first_line - context); n <= last; ++n) {
        auto const number = std::to_string(n);
        bool const marked = n >= where.first_line && n <= last_marked;
        result.append(width - number.size(), ' ');
        result += number + (marked ? " | >>> " : " |     ");
        result += detail::shortened(lines[static_cast<std::size_t>(n - 1)]);
        result += '\n';
    }
    return result += rule;
}
}  // namespace acrx::dockerfile
#endif
