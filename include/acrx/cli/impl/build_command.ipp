// Bodies of cli/build_command.hpp.
#ifndef ACRX_CLI_IMPL_BUILD_COMMAND_IPP
#define ACRX_CLI_IMPL_BUILD_COMMAND_IPP
#include <acrx/cli/build_command.hpp>
#include <acrx/cli/detail/shown_dockerfile_of.hpp>
#include <acrx/cli/detail/request_outputs.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/progress_display.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/run_id.hpp>
#include <acrx/cli/run_log.hpp>
#include <acrx/cli/run_record.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

namespace acrx::cli {
namespace detail {
/// Why a run was stopped from outside.
enum class stop_reason
{
    none,
    timeout,
    interrupt,
    terminate
};

/// How the coroutine of a run ended.
struct run_outcome
{
    std::optional<quick_result> result;
    std::exception_ptr failure;
    stop_reason stopped = stop_reason::none;
};

/// Runs one operation to its end, or until the user or the clock stops it.
class supervised_run
{
public:
    supervised_run(progress_display& display, std::chrono::seconds limit)
        : display_(display), limit_(limit), pool_(std::max(2U, std::thread::hardware_concurrency()))
    {}

    net::any_io_executor pool() { return pool_.get_executor(); }

    run_outcome await(net::awaitable<quick_result> operation)
    {
        auto ended = [this](std::exception_ptr failure, quick_result result) {
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
        if (display_.is_live())
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
            display_.say("Stopping. Once more ends at once.");
        cancel_.emit(net::cancellation_type::terminal);
    }

    void draw_on()
    {
        display_.draw();
        frame_.expires_after(std::chrono::milliseconds(100));
        frame_.async_wait([this](error_code failed) {
            if (!failed)
                draw_on();
        });
    }

    progress_display& display_;
    std::chrono::seconds limit_;
    run_outcome outcome_;
    net::io_context host_{1};
    net::signal_set signals_{host_, SIGINT, SIGTERM};
    net::steady_timer deadline_{host_};
    net::steady_timer frame_{host_};
    net::cancellation_signal cancel_;
    net::thread_pool pool_;  // joined first: its threads use what is above
};

inline exit_status status_of(run_outcome const& outcome)
{
    if (!outcome.failure)
        return exit_status::success;
    switch (outcome.stopped) {
    case stop_reason::none: return cli::status_of(outcome.failure);
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

/// One `acrx-quick build` from the moment that its options are known to be right.
class build_run
{
public:
    build_run(build_options const& options, console& streams, state_folder state, std::string id, quick_request request)
        : options_(options), streams_(streams), state_(std::move(state)), request_(std::move(request)),
          log_(state_.runs() / (id + ".log")),
          display_(style(), is_stdout_taken() ? streams.err : streams.out, log_, secrets_of(request_))
    {
        record_.id = std::move(id);
        record_.platform = request_.build.platform;
        record_.created = system_clock().now();
        record_.started = record_.created;
    }

    exit_status run()
    {
        announce();
        supervised_run host(display_, options_.timeout);
        auto operation = run_quick_task(options_, state_, request_, host.pool(),
                                        [this](progress_event const& event) { take(event); });
        auto outcome = host.await(std::move(operation));
        auto const status = status_of(outcome);
        display_.finish(status == exit_status::success  ? work_ended::outcome::done
                        : outcome.stopped != stop_reason::none ? work_ended::outcome::canceled
                                                        : work_ended::outcome::failed);
        fill_record(outcome, status);
        auto const text = status == exit_status::success ? std::string() : failure_text(outcome);
        log_.write(text);
        streams_.err.write(text);
        keep();
        show_result();
        return status;
    }

private:
    /// Whether standard output is for the record, or an archive, alone.
    bool is_stdout_taken() const { return options_.format == output_format::json || writes_to_stdout(options_); }
    progress_style style() const { return options_.no_logs ? progress_style::quiet : options_.progress; }

    void take(progress_event const& event)
    {
        if (auto const* finding = std::get_if<lint_finding>(&event)) {
            record_.warnings.push_back(finding->what);
            record_.warnings.back().message = display_.redacted(finding->what.message);
        }
        display_.take(event);
    }

    /// What the user should know before anything happens.
    void announce()
    {
        auto const warn = [&](std::string const& text) {
            streams_.err.write(text + "\n");
            log_.write(text + "\n");
        };
        if (names_of(request_).empty() && !options_.no_push)
            warn("warning: '--image or -t' is not provided. Skipping image push after build.");
        for (auto const& image : options_.images)
            if (image.find(".Build.ID") != std::string::npos)
                warn("warning: " + image + ": {{.Build.ID}} is an old word for {{.Run.ID}}.");
        if (!options_.no_push)
            for (auto const& name : request_.local_names)
                warn("note: " + familiar(name) + " names no registry and stays in the local store; -r gives it one.");
    }

    void fill_record(run_outcome const& outcome, exit_status status)
    {
        record_.status = run_status_of(status);
        record_.finished = system_clock().now();
        if (outcome.failure) {
            record_.error = display_.redacted(stopped_text(outcome.stopped).value_or(what_failed(outcome.failure)));
            return;
        }
        record_.image = outcome.result->image.digest;
        record_.config = outcome.result->config;
        record_.bases = outcome.result->bases;
        auto const& pushed = outcome.result->pushed;
        for (auto const& name : outcome.result->tagged)
            record_.images.push_back({name, std::find(pushed.begin(), pushed.end(), name) != pushed.end()});
    }

    std::optional<std::string> stopped_text(stop_reason why) const
    {
        switch (why) {
        case stop_reason::none: return std::nullopt;
        case stop_reason::timeout: return "the run took longer than " + std::to_string(options_.timeout.count()) + " s";
        case stop_reason::interrupt: return "stopped by Ctrl-C";
        case stop_reason::terminate: return "stopped by SIGTERM";
        }
        return std::nullopt;
    }

    std::string failure_text(run_outcome const& outcome) const
    {
        if (auto const stopped = stopped_text(outcome.stopped)) {
            auto text = "error: " + *stopped + "\n";
            if (outcome.stopped == stop_reason::timeout)
                text += "  hint: --timeout SECONDS sets another limit.\n";
            return text;
        }
        return display_.redacted(error_text(outcome.failure, shown_dockerfile_of(options_)));
    }

    void keep()
    {
        try {
            log_.keep();
            write_file(state_.runs() / (record_.id + ".json"), to_json_text(record_));
        } catch (error const& e) {
            streams_.err.write("warning: the run is not recorded: " + e.text() + "\n");
        }
    }

    void show_result()
    {
        if (options_.format == output_format::json)
            return streams_.out.write(to_json_text(record_));
        if (options_.format == output_format::table)
            return streams_.out.write(to_table(record_));
        if (record_.status != run_status::succeeded)
            return;
        std::string text = "Run ID: " + record_.id + " was successful after "
                           + to_duration_text(*record_.finished - record_.started) + "\n" + "Digest: "
                           + record_.image.str() + "\n";
        for (auto const& [name, pushed] : record_.images)
            text += pushed ? "Pushed: " + to_string(name) + "\n" : "Tagged: " + familiar(name) + "\n";
        for (auto const& output : options_.outputs)
            if (!output.dest.empty())
                text += "Wrote:  " + (output.is_to_stdout() ? "standard output" : output.dest.string()) + "\n";
        (is_stdout_taken() ? streams_.err : streams_.out).write(text);
    }

    build_options const& options_;
    console& streams_;
    state_folder state_;
    quick_request request_;
    run_log log_;
    progress_display display_;
    run_record record_;
};
}  // namespace detail

ACRX_DECL exit_status build(build_options const& options, console& streams)
{
    try {
        auto const state = state_of(options.home);
        auto const lock = state_lock::shared(state.root());
        auto id = next_run_id(state.runs());
        auto request = to_request(options, id, process_environment());
        detail::build_run run(options, streams, state, std::move(id), std::move(request));
        return run.run();
    } catch (...) {
        streams.err.write(error_text(std::current_exception()));
        return status_of(std::current_exception());
    }
}
}  // namespace acrx::cli
#endif
