// The states of a run and how one leads to another.
#ifndef ACRX_RUN_RUN_STATUS_HPP
#define ACRX_RUN_RUN_STATUS_HPP

#include <acrx/core/config.hpp>

#include <optional>
#include <string_view>

namespace acrx {
/// Where a run stands. The order is that of a run's life; what comes after `running` is final.
enum class run_status
{
    queued,     ///< recorded; waits for its turn
    started,    ///< a worker has it, and has not begun to carry it out
    running,    ///< its steps are being carried out
    succeeded,
    failed,     ///< a step failed
    canceled,   ///< somebody asked for its end
    error,      ///< something outside of its steps: the text is in the record
    timeout,    ///< its time was up
};

/// `Queued`, `Started`, …, `Timeout`.
ACRX_DECL std::string_view to_string(run_status status);
/// The inverse, in any case of letters; nothing for another word.
ACRX_DECL std::optional<run_status> parse_run_status(std::string_view word);

/// Nothing follows this status.
constexpr bool is_final(run_status status) noexcept
{
    return status >= run_status::succeeded;
}

/// Whether a run may go from one status to another.
///
/// Forward through queued, started and running, and from each of these to an end; a run that a worker has and did not
/// begin goes back to the queue. What is final stays.
ACRX_DECL bool may_follow(run_status from, run_status to) noexcept;
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/run_status.ipp>
#endif
#endif
