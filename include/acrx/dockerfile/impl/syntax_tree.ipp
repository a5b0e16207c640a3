// Bodies of dockerfile/syntax_tree.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_SYNTAX_TREE_IPP
#define ACRX_DOCKERFILE_IMPL_SYNTAX_TREE_IPP
#include <acrx/dockerfile/detail/directives.hpp>
#include <acrx/dockerfile/detail/node_reader.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>

#include <algorithm>
#include <utility>

namespace acrx::dockerfile {
namespace detail {
/// The physical lines of a file, with their ends.
class line_reader
{
public:
    explicit line_reader(std::string_view text) : rest_(text) {}

    bool at_end() const noexcept { return rest_.empty(); }
    int number() const noexcept { return number_; }  ///< of the line taken last

    /// @throws parse_error for a line that is too long
    std::string_view take()
    {
        constexpr std::size_t longest = 65535;
        auto const end = std::min(rest_.find('\n'), rest_.size());
        if (end > longest)
            throw parse_error(errc::syntax, {number_ + 1, number_ + 1, 1},
                              "dockerfile line greater than max allowed size of 65535");
        auto const line = rest_.substr(0, end + 1);
        rest_.remove_prefix(line.size());
        ++number_;
        return line;
    }

private:
    std::string_view rest_;
    int number_ = 0;
};

inline std::string_view without_line_end(std::string_view line)
{
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

inline bool is_comment(std::string_view line)
{
    return trim_left(line).starts_with('#');
}

/// Removes the escape character that continues the line; tells whether there was one.
inline bool take_continuation(std::string_view& line, char escape)
{
    auto const last = line.find_last_not_of(" \t");
    if (last == std::string_view::npos || line[last] != escape || (last > 0 && line[last - 1] == escape))
        return false;
    line = line.substr(0, last);
    return true;
}

class tree_builder
{
public:
    tree_builder(std::string_view text, char escape) : lines_(text) { tree_.escape = escape; }

    syntax_tree build()
    {
        while (!lines_.at_end())
            take_line();
        if (tree_.nodes.empty())
            throw parse_error(errc::syntax, {}, "file with no instructions", "A Dockerfile begins with FROM.");
        tree_.directives = zone_.found();
        return std::move(tree_);
    }

private:
    void take_line()
    {
        auto const line = without_line_end(lines_.take());
        where_ = {lines_.number(), lines_.number(), 1};
        if (take_directive(line))
            return;
        auto const text = trim_left(line);
        if (text.empty())
            comments_.clear();
        else if (text.starts_with('#'))
            comments_.emplace_back(trim(text.substr(1)));
        else
            take_instruction(text, static_cast<int>(line.size() - text.size()) + 1);
    }

    bool take_directive(std::string_view line)
    try {
        if (!zone_.take(line, lines_.number()))
            return false;
        auto const& [name, value, number] = zone_.found().back();
        if (name == "escape" && value != "\\" && value != "`")
            throw parse_error(errc::syntax, {}, "invalid escape token '" + value + "' does not match ` or \\");
        if (name == "escape")
            tree_.escape = value.front();
        return true;
    } catch (parse_error const& e) {
        throw e.at(where_);
    }

    void take_instruction(std::string_view first_piece, int column)
    {
        where_.column = column;
        auto piece = first_piece;
        bool continues = take_continuation(piece, tree_.escape);
        auto const first_length = piece.size();
        std::string text(piece);
        bool has_empty_line = false;
        while (continues && !lines_.at_end()) {
            piece = without_line_end(lines_.take());
            if (is_comment(piece))
                continue;
            if (trim_left(piece).empty()) {
                has_empty_line = true;
                continue;
            }
            continues = take_continuation(piece, tree_.escape);
            text += piece;
        }
        where_.last_line = lines_.number();
        if (has_empty_line)
            tree_.warnings.push_back({lint_rule::no_empty_continuation, "Empty continuation line",
                                      {where_.last_line, where_.last_line, 1}});
        try {
            auto node = read_node(text, tree_.escape);
            take_heredocs(node);
            node.first_line_length = static_cast<int>(std::min(first_length, node.original.size()));
            node.where = where_;
            node.comments = std::exchange(comments_, {});
            tree_.nodes.push_back(std::move(node));
        } catch (parse_error const& e) {
            throw e.where().first_line == 0 ? e.at(where_) : e;
        }
    }

    void take_heredocs(syntax_node& node)
    {
        node.heredocs = announced_heredocs(node);
        for (auto& document : node.heredocs) {
            for (bool open = true; open;) {
                if (lines_.at_end())
                    throw parse_error(errc::syntax, {}, "unterminated heredoc",
                                      "End it with a line that holds nothing but " + document.name + ".");
                auto const line = lines_.take();
                auto end = without_line_end(line);
                if (document.strip_tabs)
                    end.remove_prefix(std::min(end.find_first_not_of('\t'), end.size()));
                open = end != document.name;
                if (open)
                    document.content += line;
            }
        }
        where_.last_line = lines_.number();
    }

    line_reader lines_;
    directive_zone zone_;
    syntax_tree tree_;
    std::vector<std::string> comments_;
    source_span where_;
};

inline std::string dump(syntax_node const& node)
{
    std::string result = "(" + node.keyword;
    if (!node.flags.empty()) {
        for (auto const& flag : node.flags)
            result += (&flag == &node.flags.front() ? " [" : " ") + go_quote(flag);
        result += ']';
    }
    for (auto const& argument : node.arguments)
        result += ' ' + go_quote(argument);
    for (auto const& inner : node.nested)
        result += ' ' + dump(inner);
    return result + ')';
}
}  // namespace detail

ACRX_DECL std::string body_of(heredoc const& document)
{
    if (!document.strip_tabs)
        return document.content;
    std::string body;
    bool line_start = true;
    for (char const c : document.content) {
        if (line_start && c == '\t')
            continue;
        line_start = c == '\n';
        body += c;
    }
    return body;
}

ACRX_DECL syntax_tree parse(std::string_view text, char escape)
{
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    auto tree = detail::tree_builder(text, escape).build();
    tree.syntax = detail::detect_directive(text, "syntax", true);
    if (tree.syntax)
        tree.syntax->resize(std::min(tree.syntax->find(' '), tree.syntax->size()));
    tree.check = detail::detect_directive(text, "check", false);
    return tree;
}

ACRX_DECL std::string dump(syntax_tree const& tree)
{
    std::string result;
    for (auto const& node : tree.nodes)
        result += (result.empty() ? "" : "\n") + detail::dump(node);
    return result;
}
}  // namespace acrx::dockerfile
#endif
