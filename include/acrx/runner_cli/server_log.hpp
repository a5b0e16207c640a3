// The log of the server itself: one line an event, as text or JSON.
#ifndef ACRX_RUNNER_CLI_SERVER_LOG_HPP
#define ACRX_RUNNER_CLI_SERVER_LOG_HPP

#include <acrx/cli/console.hpp>
#include <acrx/core/config.hpp>

#include <exception>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::cli {
/// How much an event matters; the numbers are those of syslog.
enum class log_level
{
    error = 3,
    warning = 4,
    info = 6,
};

/// Writes events: `2026-03-01T12:00:00Z info serving url=http://127.0.0.1:8737`.
class server_log
{
public:
    using fields = std::initializer_list<std::pair<std::string_view, std::string>>;

    server_log(text_stream& stream, bool is_json) : stream_(stream), is_json_(is_json) {}
    /// Empty fields are left out.
    ACRX_DECL void write(log_level level, std::string_view what, fields more = {});
    /// An error that nobody else is told of.
    ACRX_DECL void write(std::string_view what, std::exception_ptr failure);

private:
    text_stream& stream_;
    bool is_json_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/server_log.ipp>
#endif
#endif
