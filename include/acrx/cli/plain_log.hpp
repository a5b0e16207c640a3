// The log of a build as lines of text that stay: for files, pipes and grep.
#ifndef ACRX_CLI_PLAIN_LOG_HPP
#define ACRX_CLI_PLAIN_LOG_HPP

#include <acrx/build/progress.hpp>
#include <acrx/cli/progress_model.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <map>
#include <string>
#include <string_view>

namespace acrx::cli {
/// Turns events into lines:
///
///     #3 [build 2/5] RUN make
///     #3 0.512 cc -c main.c
///     #3 DONE 1.2s
///
/// `DONE`, `CACHED`, `ERROR` or `CANCELED` end a line of work and are followed by an empty line; transfers show
/// `#4 12.0MB / 48.0MB` once a second. Notes begin with `note: ` or `warning: `. A line is never cut by another one.
class plain_log
{
public:
    /// The lines that the event adds; empty if none.
    ACRX_DECL std::string take(progress_event const& event, time_point now);
    /// The lines that end what still runs.
    ACRX_DECL std::string finish(work_ended::outcome how, time_point now);

private:
    ACRX_DECL std::string end_line(unsigned id, time_point now);
    ACRX_DECL std::string output_lines(unsigned id, std::string_view bytes, time_point now);

    progress_model model_;
    std::map<unsigned, std::string> open_;      ///< output whose line has not ended
    std::map<unsigned, time_point> last_shown_; ///< of transfers
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/plain_log.ipp>
#endif
#endif
