// The triggered runner: events become runs, and runs are carried out.
#ifndef ACRX_TRIGGERED_RUNNER_BASIC_TRIGGERED_RUNNER_HPP
#define ACRX_TRIGGERED_RUNNER_BASIC_TRIGGERED_RUNNER_HPP

#include <acrx/core/clock.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/trigger/trigger_source.hpp>
#include <acrx/triggered_runner/run_engine.hpp>
#include <acrx/triggered_runner/runner_service.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <string>

namespace acrx {
/// How a triggered runner works.
struct runner_options
{
    std::string worker = "runner";            ///< its name; each runner on one store has its own
    unsigned concurrency = 2;                 ///< runs at once that are of no pool
    std::chrono::milliseconds lease{30000};   ///< a runner that is silent for so long has lost its runs
    std::chrono::seconds upload_retention{24 * 3600};  ///< of contexts that no run took; what a run took goes with its end
    std::chrono::hours log_retention{30 * 24};///< after a run's end; logs that are archived stay. 0 keeps all
    std::function<void(run_record const&)> on_change = {};  ///< told of each run that begins and ends; must not throw
    std::function<void(task_changes const&)> on_tasks = {};  ///< told of the tasks, at the start and after edits; must not throw
    std::function<void(std::string const&)> on_trouble = {};  ///< told what went wrong and will be tried again; without secrets
};

/// Accepts events and carries out the runs that they and people start.
///
/// @tparam Triggers  tells what fires; `merge` makes one of several
/// @tparam Store     keeps tasks and runs
/// @tparam Engine    carries runs out
/// @tparam Clock     for the times of records, and leases
///
/// A run is durable before its event is acknowledged, and `running` before the engine hears of it: what a runner that
/// was killed left is queued again if it had not begun, and else ends with an error; none begins twice.
/// Must stay in place while `run` is awaited.
/// @par Thread safety
/// Shared objects: one strand.
///
///     acrx::basic_triggered_runner runner{acrx::timer_source{}, service, engine};
///     co_await runner.run();
template<trigger_source Triggers, run_store Store, run_engine Engine, acrx::clock Clock>
class basic_triggered_runner
{
public:
    basic_triggered_runner(Triggers triggers, basic_runner_service<Store, Clock> service, Engine engine,
                           runner_options options = {});

    /// Takes over what an earlier runner of this name left, then works until it is cancelled.
    ///
    /// Runs that go on then are stopped, and their records say so.
    /// What the store or a source throws is told to `on_trouble`, and tried again after a while.
    net::awaitable<void> run();

    /// Begins no more runs, and waits for those that go on, at most `longest`. The triggers go on: events are recorded.
    net::awaitable<void> drain(std::chrono::milliseconds longest);

    /// Runs that go on.
    std::size_t active() const noexcept { return active_.size(); }
    Triggers& triggers() noexcept { return triggers_; }

private:
    /// Why a run is stopped.
    enum class stop_reason
    {
        none,
        canceled,
        timeout,
        shutdown,
        lost,  ///< another worker has it
    };
    struct active_run
    {
        claimed_run claimed;
        net::cancellation_signal stop = {};
        stop_reason reason = stop_reason::none;
    };

    net::awaitable<void> recover();
    net::awaitable<void> watch_triggers();
    net::awaitable<void> follow_edits();
    net::awaitable<void> dispatch();
    net::awaitable<void> renew_leases();
    net::awaitable<void> remove_old_logs();
    net::awaitable<void> remove_old_uploads();
    net::awaitable<void> remove_upload_of(run_record const& record);
    net::awaitable<void> fill_pool(std::string pool, unsigned limit);
    net::awaitable<void> carry_out(active_run& run);
    net::awaitable<run_change> await_engine(active_run& run, run_output output);
    net::awaitable<void> keep_time(active_run& run);
    net::awaitable<bool> write(active_run& run, run_change change);
    net::awaitable<shared_marks> base_images_of(run_record const& record, run_change const& change);
    net::awaitable<void> finish(active_run& run, run_change change);
    net::awaitable<void> stop_all();
    net::awaitable<void> retrying(net::awaitable<void> (basic_triggered_runner::*work)(), std::string doing);

    void stop(active_run& run, stop_reason reason);
    void start(net::any_io_executor executor, claimed_run claimed);
    std::size_t count_active(std::string const& pool) const;
    void tell_trouble(std::string const& doing, std::exception_ptr failure);
    run_order order_of(claimed_run const& claimed) const;
    auto& state() noexcept { return *service_.state_; }

    Triggers triggers_;
    basic_runner_service<Store, Clock> service_;
    Engine engine_;
    runner_options options_;
    std::map<std::string, active_run> active_;  ///< by id
    bool has_followed_ = false;         ///< its sources know of the tasks
    bool is_draining_ = false;
};
}  // namespace acrx

#include <acrx/triggered_runner/impl/basic_triggered_runner.hpp>
#include <acrx/triggered_runner/impl/runner_upkeep.hpp>
#endif
