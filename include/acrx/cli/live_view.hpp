// A running build on a terminal: what ended scrolls away as one line each, what runs is redrawn below.
#ifndef ACRX_CLI_LIVE_VIEW_HPP
#define ACRX_CLI_LIVE_VIEW_HPP

#include <acrx/build/progress.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/progress_model.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli {
/// Makes the text of each frame. Pure: time and size come with the call, and the text goes out in one write.
class live_view
{
public:
    /// @param colours  whether to use them; cursor movements are used in any case
    explicit live_view(bool colours) : colours_(colours) {}

    ACRX_DECL void take(progress_event const& event, time_point now);
    /// Adds a line that stays.
    ACRX_DECL void say(std::string_view line);
    /// What turns the last frame into the present one.
    ACRX_DECL std::string frame(time_point now, terminal_size size);
    /// The last frame: nothing runs any more, the cursor is below everything.
    ACRX_DECL std::string finish(work_ended::outcome how, time_point now, terminal_size size);

private:
    ACRX_DECL void settle(shown_work const& work);
    ACRX_DECL std::vector<std::string> live_lines(time_point now, terminal_size size) const;
    ACRX_DECL std::string work_line(shown_work const& work, time_point now, unsigned columns) const;
    ACRX_DECL std::string dress(std::string_view code, std::string text) const;
    ACRX_DECL std::string erase(terminal_size size) const;

    bool colours_;
    progress_model model_;
    time_point started_{};
    std::vector<std::string> settled_;       ///< lines that have not been shown yet
    std::vector<std::size_t> drawn_widths_;  ///< of the live lines on the screen
};

namespace detail {
/// One line without control characters and escape sequences; what a carriage return overwrote is gone.
ACRX_DECL std::string clean_line(std::string_view line);
/// How many columns a line takes, one a code point.
ACRX_DECL std::size_t text_width(std::string_view line) noexcept;
/// The line cut to so many columns, `…` at the cut.
ACRX_DECL std::string cut_to(std::string_view line, std::size_t columns);
}  // namespace detail
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/live_view.ipp>
#endif
#endif
