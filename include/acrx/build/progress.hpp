// What a build tells while it runs.
#ifndef ACRX_BUILD_PROGRESS_HPP
#define ACRX_BUILD_PROGRESS_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/lint_warning.hpp>

#include <boost/asio/cancellation_state.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>

namespace acrx {
/// One line of work that is shown to the user: a step, a download, an upload. Numbers are unique in one build.
struct work_started
{
    unsigned id = 0;
    std::string title;
};
/// Output of a step, as it comes.
struct work_output
{
    unsigned id = 0;
    std::string bytes;
};
/// How far a transfer is.
struct work_advanced
{
    unsigned id = 0;
    std::uint64_t done = 0;   ///< bytes
    std::uint64_t total = 0;  ///< bytes; 0 if it is not known
};
/// The end of a line of work.
struct work_ended
{
    enum class outcome
    {
        done,
        cached,
        failed,
        canceled
    };
    unsigned id = 0;
    outcome how = outcome::done;
};
/// Something the user should know that is no failure.
struct build_note
{
    enum class severity
    {
        information,
        warning
    };
    severity level = severity::information;
    std::string text;
};

/// Something that the checks of the Dockerfile have found.
struct lint_finding
{
    dockerfile::lint_warning what;
};

using progress_event = std::variant<work_started, work_output, work_advanced, work_ended, build_note, lint_finding>;

/// Takes events one after another, on the strand of the build; returns soon and does not throw. May be empty.
using progress_sink = std::function<void(progress_event const&)>;

/// Reports the begin and the end of a line of work, whichever way it is left.
class work_line
{
public:
    /// @param sink   must outlive the line
    /// @param doing  of the coroutine that does the work, and must not be reset by it: when a line is left without an
    ///               end, this tells work that was cancelled from work that failed
    work_line(progress_sink const& sink, unsigned id, std::string title, net::cancellation_state doing)
        : sink_(&sink), id_(id), doing_(std::move(doing))
    {
        tell(work_started{id_, std::move(title)});
    }
    work_line(work_line const&) = delete;
    work_line& operator=(work_line const&) = delete;
    ~work_line()
    {
        bool const is_canceled = doing_.cancelled() != net::cancellation_type::none;
        end(is_canceled ? work_ended::outcome::canceled : work_ended::outcome::failed);
    }

    void output(std::string bytes) { tell(work_output{id_, std::move(bytes)}); }
    void advance(std::uint64_t done, std::uint64_t total) { tell(work_advanced{id_, done, total}); }
    void end(work_ended::outcome how)
    {
        if (!ended_)
            tell(work_ended{id_, how});
        ended_ = true;
    }

private:
    void tell(progress_event const& event)
    {
        if (*sink_)
            (*sink_)(event);
    }

    progress_sink const* sink_;
    unsigned id_;
    net::cancellation_state doing_;
    bool ended_ = false;
};
}  // namespace acrx
#endif
