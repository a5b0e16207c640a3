// Splits the text of build and cmd steps into words, as a shell does, without running one.
#ifndef ACRX_TASK_COMMAND_WORDS_HPP
#define ACRX_TASK_COMMAND_WORDS_HPP

#include <acrx/core/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// What a line feed outside quotes is.
enum class line_feed
{
    is_blank,     ///< it parts words
    ends_command  ///< nothing may follow the first line
};

/// Splits at blanks; `'...'`, `"..."` and `\` quote as in POSIX shells, `#` begins a comment. Nothing is expanded: `$`
/// stays as it is, also in double quotes.
/// @param feed  how to take line feeds outside quotes
/// @throws error (`errc::syntax`) for an open quote; (`errc::not_supported`) for what only a shell can do outside
///         quotes: pipes, redirections, `;`, `&`, `(`, backquotes and `$(`
ACRX_DECL std::vector<std::string> split_command(std::string_view text, line_feed feed);

/// `K=V` with the quotes in V taken away as a shell does; V stays as it is where its quotes do not pair.
ACRX_DECL std::string unquote_setting(std::string_view item);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/command_words.ipp>
#endif
#endif
