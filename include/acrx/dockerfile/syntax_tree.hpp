// The first layer of a Dockerfile: instructions as they are written, not yet judged.
#ifndef ACRX_DOCKERFILE_SYNTAX_TREE_HPP
#define ACRX_DOCKERFILE_SYNTAX_TREE_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/lint_warning.hpp>
#include <acrx/dockerfile/source_span.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile {
/// A document inside the Dockerfile (`<<NAME` and the lines up to NAME).
struct heredoc
{
    std::string name;             ///< the terminator, unquoted
    bool expand = true;           ///< no part of NAME was quoted: variables in the body count
    bool strip_tabs = false;      ///< `<<-`: leading tabs of the lines are to be removed
    unsigned file_descriptor = 0; ///< the digits before `<<`; 0 if there are none
    std::string content;          ///< the lines as written, each with its line end
};

/// The body with leading tabs removed where `<<-` asks for it.
ACRX_DECL std::string body_of(heredoc const& document);

/// One instruction: its shape, without its meaning.
struct syntax_node
{
    std::string keyword;                 ///< lower case
    std::string spelling;                ///< as written
    std::vector<std::string> flags;      ///< `--name=value`, quotes removed
    std::vector<std::string> arguments;  ///< ENV and LABEL: name, value as written, separator (`=` or empty), repeated
    bool json_form = false;              ///< the arguments were a JSON array
    std::string original;                ///< the joined lines, from the keyword to the end
    std::string rest;                    ///< what follows the keyword, flags included, as written
    std::vector<heredoc> heredocs;
    std::vector<syntax_node> nested;     ///< ONBUILD: its one instruction; else empty
    std::vector<std::string> comments;   ///< the comment lines directly above, without `#`
    source_span where;
    int first_line_length = 0;           ///< how many bytes of `original` stand in the first physical line
};

/// A line `# name = value` at the top of the file.
struct directive
{
    std::string name;  ///< lower case: `syntax`, `escape` or `check`
    std::string value;
    int line = 0;
};

/// All instructions of one file.
struct syntax_tree
{
    std::vector<syntax_node> nodes;
    char escape = '\\';
    std::vector<directive> directives;
    std::optional<std::string> syntax;  ///< the frontend image asked for, also in `//` and JSON notation
    std::optional<std::string> check;   ///< the lint options
    std::vector<lint_warning> warnings;
};

/// Splits a file into instructions. Linear in the size of `text`.
/// @param escape  the escape character before any directive
/// @throws parse_error (`errc::syntax`)
ACRX_DECL syntax_tree parse(std::string_view text, char escape = '\\');

/// The tree as S-expressions, one line a node: `(copy ["--from=x"] "a" "b")`. For tests and curiosity.
ACRX_DECL std::string dump(syntax_tree const& tree);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/syntax_tree.ipp>
#endif
#endif
