// Columns of text.
#ifndef ACRX_CLI_DETAIL_TEXT_TABLE_HPP
#define ACRX_CLI_DETAIL_TEXT_TABLE_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace acrx::cli::detail {
/// Lines of equal length of cells, each column as wide as its widest cell.
inline std::string text_table(std::vector<std::vector<std::string>> const& lines)
{
    std::vector<std::size_t> widths;
    for (auto const& line : lines) {
        widths.resize(std::max(widths.size(), line.size()));
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    std::string text;
    for (auto const& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            text += line[i];
            if (i + 1 < line.size())
                text.append(widths[i] - line[i].size() + 2, ' ');
        }
        text += '\n';
    }
    return text;
}
}  // namespace acrx::cli::detail
#endif
