// A source file as the layout rules see it: its path, its includes, its code without comments and literals.
#ifndef ACRX_TESTS_LAYOUT_SOURCE_TEXT_HPP
#define ACRX_TESTS_LAYOUT_SOURCE_TEXT_HPP

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::testing {
struct include_line
{
    std::string target;  ///< what stands between the brackets
    std::size_t line;
};

/// One file of the tree.
struct source_file
{
    std::string path;  ///< from the root of the tree, e.g. `include/acrx/core/clock.hpp`
    std::string text;
    std::string code;  ///< the text with comments and literals blanked out; offsets and lines stay
    std::vector<include_line> includes;

    std::size_t line_at(std::size_t offset) const;
};

/// A rule that is broken.
struct finding
{
    std::string rule;
    std::string path;
    std::size_t line;
    std::string text;
};

/// Blanks comments, string and character literals; keeps line ends.
std::string blank_comments_and_literals(std::string_view text);
source_file read_source(std::string path, std::string text);
/// Every C++ file beneath `folders` of `root`, sorted by path. Folders that do not exist are empty.
std::vector<source_file> read_tree(std::filesystem::path const& root, std::vector<std::string> const& folders);
/// `path:line: rule: text`
std::string to_string(finding const& f);
}  // namespace acrx::testing
#endif
