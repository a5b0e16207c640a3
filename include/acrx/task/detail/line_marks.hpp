// Marks in a template by which its output knows what line each of its lines comes from.
#ifndef ACRX_TASK_DETAIL_LINE_MARKS_HPP
#define ACRX_TASK_DETAIL_LINE_MARKS_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/numbered_text.hpp>

#include <string>
#include <string_view>

namespace acrx::detail {
/// A template with a mark in each line, where it changes nothing of the output but itself: before the first character
/// of plain text, and before an action that does not trim.
ACRX_DECL std::string with_line_marks(std::string_view text);
/// The output without marks. A line without one counts to the line of the mark before it.
/// @param origin  the text that was marked
ACRX_DECL numbered_text take_line_marks(std::string_view output, numbered_text const& origin);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/line_marks.ipp>
#endif
#endif
