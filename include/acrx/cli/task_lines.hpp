// The log of a running task as lines of text.
#ifndef ACRX_CLI_TASK_LINES_HPP
#define ACRX_CLI_TASK_LINES_HPP

#include <acrx/cli/plain_log.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/task/task_event.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli {
/// Turns events into lines; each names its step and the seconds since that began:
///
///     build |   0.3 #3 [2/5] RUN make
///     web   |   0.0 started
///     web   |   1.2 Listening on port 80
///     web   |   5.0 successful
///
/// Notes begin with `note: ` or `warning: `. A line is never cut by another one.
class task_lines
{
public:
    /// The lines that the event adds; empty if none.
    ACRX_DECL std::string take(task_event const& event, time_point now);
    /// What is still held back: the ends of output without a line feed.
    ACRX_DECL std::string finish(time_point now);

private:
    struct shown_step
    {
        std::string label;
        time_point began{};
        std::string open;  ///< output whose line has not ended
        plain_log build;
    };

    ACRX_DECL void plan(task_planned const& task);
    ACRX_DECL std::string lines(shown_step& step, std::string_view text, time_point now);
    ACRX_DECL std::string flush(shown_step& step, time_point now);

    std::vector<shown_step> steps_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/task_lines.ipp>
#endif
#endif
