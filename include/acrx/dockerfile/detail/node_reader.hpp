// From one joined line to one node of the syntax tree.
#ifndef ACRX_DOCKERFILE_DETAIL_NODE_READER_HPP
#define ACRX_DOCKERFILE_DETAIL_NODE_READER_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace acrx::dockerfile::detail {
/// Splits a joined line into keyword, flags and arguments. @throws parse_error without a place
ACRX_DECL syntax_node read_node(std::string_view line, char escape, int depth = 0);

/// Reads a word such as `3<<-'EOF'`; empty if it is none.
ACRX_DECL std::optional<heredoc> heredoc_from(std::string_view word);

/// The heredocs that the lines after `node` bring, without their bodies.
ACRX_DECL std::vector<heredoc> announced_heredocs(syntax_node const& node);
}  // namespace acrx::dockerfile::detail

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/node_reader.ipp>
#endif
#endif
