// Runs one operation in an event loop of its own, until it ends, or the user or the clock stops it.
#ifndef ACRX_CLI_DETAIL_SUPERVISED_RUN_HPP
#define ACRX_CLI_DETAIL_SUPERVISED_RUN_HPP

#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/run_record.hpp>
#include <acrx/core/error.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace acrx::cli::detail {
/// Why a run was stopped from outside.
enum class stop_reason
{
    none,
    timeout,
    interrupt,
    terminate
};

/// How the coroutine of a run ended.
template<class Result>
struct run_outcome
{
    std::optional<Result> result;
    std::exception_ptr failure;
    stop_reason stopped = stop_reason::none;
};

/// Runs one operation to its end, or until the user or the clock stops it.
template<class Result>
class supervised_run
{
public:
    /// @param say   takes a line for the user
    /// @param draw  called ten times a second; may be empty
    supervised_run(std::chrono::seconds limit, std::function<void(std::string_view)> say, std::function<void()> draw = {})
        : limit_(limit), say_(std::move(say)), draw_(std::move(draw)),
          pool_(std::max(2U, std::thread::hardware_concurrency()))
    {}

    net::any_io_executor pool() { return pool_.get_executor(); }

    run_outcome<Result> await(net::awaitable<Result> operation)
    {
        auto ended = [this](std::exception_ptr failure, Result result) {
            outcome_.failure = std::move(failure);
            if (!outcome_.failure)
                outcome_.result = std::move(result);
            host_.stop();
        };
        net::co_spawn(host_, std::move(operation), net::bind_cancellation_slot(cancel_.slot(), ended));
        signals_.async_wait([this](error_code failed, int number) {
            if (!failed)
                stop(number == SIGINT ? stop_reason::interrupt : stop_reason::terminate);
        });
        deadline_.expires_after(limit_);
        deadline_.async_wait([this](error_code failed) {
            if (!failed)
                stop(stop_reason::timeout);
        });
        if (draw_)
            draw_on();
        host_.run();
        return std::move(outcome_);
    }

private:
    void stop(stop_reason why)
    {
        outcome_.stopped = why;
        signals_.clear();  // so that the next signal ends the process at once
        deadline_.cancel();
        if (why != stop_reason::timeout)
            say_("Stopping. Once more ends at once.");
        cancel_.emit(net::cancellation_type::terminal);
    }

    void draw_on()
    {
        draw_();
        frame_.expires_after(std::chrono::milliseconds(100));
        frame_.async_wait([this](error_code failed) {
            if (!failed)
                draw_on();
        });
    }

    std::chrono::seconds limit_;
    std::function<void(std::string_view)> say_;
    std::function<void()> draw_;
    run_outcome<Result> outcome_;
    net::io_context host_{1};
    net::signal_set signals_{host_, SIGINT, SIGTERM};
    net::steady_timer deadline_{host_};
    net::steady_timer frame_{host_};
    net::cancellation_signal cancel_;
    net::thread_pool pool_;  // joined first: its threads use what is above
};

/// The status for a run that ended with an error, or was stopped.
inline exit_status status_of(stop_reason stopped, std::exception_ptr const& failure)
{
    switch (stopped) {
    case stop_reason::none: return failure ? cli::status_of(failure) : exit_status::success;
    case stop_reason::timeout: return exit_status::timeout;
    case stop_reason::interrupt: return exit_status::interrupted;
    case stop_reason::terminate: return exit_status::terminated;
    }
    return exit_status::internal;
}

inline run_status run_status_of(exit_status status)
{
    switch (status) {
    case exit_status::success: return run_status::succeeded;
    case exit_status::build_failed: return run_status::failed;
    case exit_status::timeout: return run_status::timeout;
    case exit_status::interrupted:
    case exit_status::terminated: return run_status::canceled;
    default: return run_status::error;
    }
}

/// What the user should read of it; nothing if the run was not stopped.
inline std::optional<std::string> stopped_text(stop_reason why, std::chrono::seconds limit)
{
    switch (why) {
    case stop_reason::none: return std::nullopt;
    case stop_reason::timeout: return "the run took longer than " + std::to_string(limit.count()) + " s";
    case stop_reason::interrupt: return "stopped by Ctrl-C";
    case stop_reason::terminate: return "stopped by SIGTERM";
    }
    return std::nullopt;
}
}  // namespace acrx::cli::detail
#endif
