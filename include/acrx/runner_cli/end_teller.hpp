// Tells a hook of each run that ends, until it takes it.
#ifndef ACRX_RUNNER_CLI_END_TELLER_HPP
#define ACRX_RUNNER_CLI_END_TELLER_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/runner_cli/finished_hook.hpp>
#include <acrx/runner_cli/runner_state.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace acrx::cli {
/// When to tell of a run again that a hook did not take: after as long as it has been over, between two seconds and an
/// hour. Nothing after a day: it is given up.
ACRX_DECL std::optional<time_point> next_telling(time_point ended, time_point now);

/// Tells of runs in the order in which they ended, at least once each: what the end of this process leaves is told by the
/// next one, as it is kept with the runs.
///
/// Must stay in place while `run` is awaited.
class end_teller
{
public:
    /// Told of which run the hook was not told, and why; without secrets.
    using observer = std::function<void(std::string const& run, std::string const& why)>;

    /// @param since  runs that ended earlier are none of the hook's
    end_teller(standard_runner_service service, finished_hook hook, time_point since, observer trouble)
        : service_(std::move(service)), hook_(std::move(hook)), since_(since), trouble_(std::move(trouble))
    {}
    /// Ends only by being cancelled.
    ACRX_DECL net::awaitable<void> run();

private:
    net::awaitable<void> tell_all();
    net::awaitable<void> tell(acrx::run_record run);

    standard_runner_service service_;
    finished_hook hook_;
    time_point since_;
    observer trouble_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/end_teller.ipp>
#endif
#endif
