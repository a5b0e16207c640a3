// What is known of a running build: its lines of work, as the events of the build change them.
#ifndef ACRX_CLI_PROGRESS_MODEL_HPP
#define ACRX_CLI_PROGRESS_MODEL_HPP

#include <acrx/build/progress.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acrx::cli {
/// One line of work as it stands now.
struct shown_work
{
    unsigned number = 0;  ///< from 1, in the order of appearance
    std::string title;
    time_point started{};
    std::optional<time_point> ended;
    work_ended::outcome how = work_ended::outcome::done;
    std::uint64_t done = 0;   ///< bytes
    std::uint64_t total = 0;  ///< bytes; 0 if not known
    std::deque<std::string> last_lines;  ///< of its output, at most `kept_lines`; the last may be unfinished
    bool open_line = false;              ///< whether the last line has not ended

    static constexpr std::size_t kept_lines = 6;
};

/// Follows the events of one build. Pure: time comes with each event.
class progress_model
{
public:
    ACRX_DECL void take(progress_event const& event, time_point now);
    /// Ends what still runs: the build is over.
    ACRX_DECL void finish(work_ended::outcome how, time_point now);

    /// The line of work with the number that its events carry; null if it was never started.
    ACRX_DECL shown_work const* find(unsigned id) const;
    /// What runs now, in the order of appearance.
    ACRX_DECL std::vector<shown_work const*> running() const;
    /// All lines of work, by the number that their events carry.
    std::map<unsigned, shown_work> const& works() const noexcept { return works_; }
    std::size_t count_ended() const noexcept { return ended_; }

private:
    std::map<unsigned, shown_work> works_;
    unsigned next_ = 1;
    std::size_t ended_ = 0;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/progress_model.ipp>
#endif
#endif
