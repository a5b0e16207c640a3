// Standard output and standard error: where a command writes, and what it may expect there.
#ifndef ACRX_CLI_CONSOLE_HPP
#define ACRX_CLI_CONSOLE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>

#include <string_view>

namespace acrx::cli {
/// How large a terminal is now.
struct terminal_size
{
    unsigned columns = 80;
    unsigned rows = 24;
};

/// A stream that a command writes text to. The descriptor stays open and belongs to the caller.
class text_stream
{
public:
    explicit text_stream(int descriptor) noexcept : descriptor_(descriptor) {}

    /// Writes all of it at once. After a failure nothing more is written; `failure` tells why.
    ACRX_DECL void write(std::string_view text) noexcept;
    error_code const& failure() const noexcept { return failure_; }

    /// A terminal that understands cursor movements.
    ACRX_DECL bool is_terminal() const noexcept;
    ACRX_DECL terminal_size size() const noexcept;
    /// Whether to use colours: on a terminal, unless `NO_COLOR` is set to something.
    ACRX_DECL bool has_colours() const noexcept;

private:
    int descriptor_;
    error_code failure_;
};

/// The two streams of a command.
struct console
{
    text_stream out{1};
    text_stream err{2};
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/console.ipp>
#endif
#endif
