// Shows a running build on a stream and writes its log.
#ifndef ACRX_CLI_PROGRESS_DISPLAY_HPP
#define ACRX_CLI_PROGRESS_DISPLAY_HPP

#include <acrx/build/progress.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/live_view.hpp>
#include <acrx/cli/plain_log.hpp>
#include <acrx/cli/run_log.hpp>
#include <acrx/core/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli {
/// Takes the events of a build, without secrets, to where they are shown and kept.
class progress_display
{
public:
    /// @param style    `automatic` is live if `stream` is a terminal
    /// @param secrets  values that are shown as `***`
    ACRX_DECL progress_display(progress_style style, text_stream& stream, run_log& log, std::vector<std::string> secrets);

    ACRX_DECL void take(progress_event event);
    /// A line beside the events, such as a warning.
    ACRX_DECL void say(std::string_view line);
    /// Draws the next frame of a live view.
    ACRX_DECL void draw();
    ACRX_DECL void finish(work_ended::outcome how);
    bool is_live() const noexcept { return style_ == progress_style::live; }
    /// `text` without secrets.
    ACRX_DECL std::string redacted(std::string text) const;

private:
    progress_style style_;
    text_stream& stream_;
    run_log& log_;
    std::vector<std::string> secrets_;
    plain_log lines_;
    live_view view_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/progress_display.ipp>
#endif
#endif
