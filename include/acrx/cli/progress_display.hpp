// Shows a running build on a stream and writes its log.
#ifndef ACRX_CLI_PROGRESS_DISPLAY_HPP
#define ACRX_CLI_PROGRESS_DISPLAY_HPP

#include <acrx/build/progress.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/live_view.hpp>
#include <acrx/cli/plain_log.hpp>
#include <acrx/cli/raw_json_log.hpp>
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
    /// @param run_id   tells lines of JSON from those of other runs
    /// @param log      is plain, whatever the style
    /// @param secrets  values that are shown as `***`
    ACRX_DECL progress_display(progress_style style, text_stream& stream, std::string run_id, run_log& log,
                               std::vector<std::string> secrets);

    ACRX_DECL void take(progress_event event);
    /// A line beside the events, such as a warning.
    ACRX_DECL void say(std::string_view line);
    /// Draws the next frame of a live view.
    ACRX_DECL void draw();
    /// @param reason  of a failure, for programs: people are told elsewhere; may be empty
    ACRX_DECL void finish(work_ended::outcome how, std::string_view reason = {});
    bool is_live() const noexcept { return style_ == progress_style::live; }
    /// Whether programs read the stream, so that nothing but what is shown here may go to it.
    bool is_for_programs() const noexcept { return style_ == progress_style::raw_json; }
    /// `text` without secrets.
    ACRX_DECL std::string redacted(std::string text) const;

private:
    progress_style style_;
    text_stream& stream_;
    run_log& log_;
    std::vector<std::string> secrets_;
    plain_log lines_;
    raw_json_log objects_;
    live_view view_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/progress_display.ipp>
#endif
#endif
