// How an error is shown: what, where, and what to do.
#ifndef ACRX_CLI_ERROR_TEXT_HPP
#define ACRX_CLI_ERROR_TEXT_HPP

#include <acrx/core/config.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace acrx::cli {
/// The Dockerfile that errors point into.
struct shown_dockerfile
{
    std::string name;  ///< as the user knows it
    std::string text;
};

/// `text` for a terminal or a record: no control sequences, and only UTF-8; what is neither becomes U+FFFD.
ACRX_DECL std::string printable(std::string_view text);

/// One sentence without place and advice, printable.
ACRX_DECL std::string what_failed(std::exception_ptr failure);

/// Printable: `error: WHAT`, then the lines of the Dockerfile if it is about one, then `  hint: ADVICE`; ends in a line feed.
ACRX_DECL std::string error_text(std::exception_ptr failure, shown_dockerfile const& file = {});
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/error_text.ipp>
#endif
#endif
