// Bodies of cli/task_command.hpp.
#ifndef ACRX_CLI_IMPL_TASK_COMMAND_IPP
#define ACRX_CLI_IMPL_TASK_COMMAND_IPP
#include <acrx/build/redactor.hpp>
#include <acrx/cli/detail/supervised_run.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/run_id.hpp>
#include <acrx/cli/run_log.hpp>
#include <acrx/cli/standard_task_runner.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/cli/task_command.hpp>
#include <acrx/cli/task_lines.hpp>
#include <acrx/cli/task_record.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/task/step_graph.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace acrx::cli {
namespace detail {
/// What `--dry-run` shows of a task.
inline std::string dry_run_text(task_file const& task)
{
    step_graph const graph(task.steps, task.file);
    std::string text;
    for (std::size_t i = 0; i < task.steps.size(); ++i) {
        auto const& step = task.steps[i];
        text += "[DRY RUN] " + step.id + ": " + std::string(to_string(step.kind));
        for (auto const& image : step.images)
            text += " " + image;
        if (!step.command.empty())
            text += " " + step.command;
        auto const& after = graph[i].after;
        for (std::size_t k = 0; k < after.size(); ++k)
            text += (k == 0 ? "  (after " : ", ") + graph[after[k]].id + (k + 1 == after.size() ? ")" : "");
        text += "\n";
    }
    return text;
}

inline std::string shown_text_of(task_action action, prepared_task const& ready)
{
    switch (action) {
    case task_action::render: return ready.text;
    case task_action::show_graph: return to_text(step_graph(ready.task.steps, ready.task.file));
    case task_action::show_dot: return to_dot(step_graph(ready.task.steps, ready.task.file));
    default: return dry_run_text(ready.task);
    }
}

/// Prepares a task and shows it; nothing is run.
inline exit_status show_task(task_options const& options, console& streams)
{
    auto const state = state_of(options.connection.home);
    auto const lock = state_lock::shared(state.root());
    auto request = to_task_request(options, options.id.empty() ? "dry" : options.id);
    request.only_text = options.action == task_action::render;
    request.reads_secrets = false;
    scratch_folder scratch(state.temporary(), "run");
    auto const say = [&](std::string_view line) { streams.err.write(std::string(line) + "\n"); };
    supervised_run<prepared_task> host(options.timeout.value_or(std::chrono::hours(1)), say);
    auto operation = prepare_task(options, state, std::move(request), host.pool(), scratch.path() / "context");
    scratch.get();
    auto const outcome = host.await(std::move(operation));
    if (outcome.failure)
        std::rethrow_exception(outcome.failure);
    for (auto const& warning : outcome.result->task.warnings)
        say("warning: " + outcome.result->task.file + ":" + std::to_string(warning.where.line) + ": " + to_string(warning));
    redactor redact(outcome.result->hidden);
    auto text = redact.feed(shown_text_of(options.action, *outcome.result));
    streams.out.write(text + redact.finish());
    return exit_status::success;
}

/// One `acrx-quick run` from the moment that its options are known to be right.
class task_command_run
{
public:
    task_command_run(task_options const& options, console& streams, state_folder state, std::string id)
        : options_(options), streams_(streams), state_(std::move(state)), log_(state_.runs() / (id + ".log"))
    {
        record_.id = std::move(id);
        record_.created = system_clock().now();
    }

    exit_status run()
    {
        auto request = to_task_request(options_, record_.id);
        record_.platform = request.platform;
        auto const limit = options_.timeout.value_or(std::chrono::hours(1));
        supervised_run<task_result> host(limit, [this](std::string_view line) { show(std::string(line) + "\n"); });
        auto operation = run_task(options_, state_, std::move(request), host.pool(),
                                  [this](task_event const& event) { take(event); });
        auto outcome = host.await(std::move(operation));
        show(lines_.finish(system_clock().now()));
        auto const status = finish_record(outcome, limit);
        show_result(status);
        keep();
        return status;
    }

private:
    bool is_stdout_taken() const { return options_.connection.format == output_format::json; }

    void take(task_event const& event) { show(lines_.take(event, system_clock().now())); }

    void show(std::string const& text)
    {
        log_.write(text);
        if (!options_.connection.no_logs)
            (is_stdout_taken() ? streams_.err : streams_.out).write(text);
    }

    exit_status finish_record(run_outcome<task_result>& outcome, std::chrono::seconds limit)
    {
        record_.finished = system_clock().now();
        if (outcome.result)
            record_.result = std::move(*outcome.result);
        if (outcome.stopped != stop_reason::none && (outcome.failure || record_.result.is_canceled)) {
            record_.error = *stopped_text(outcome.stopped, limit);
            auto const status = status_of(outcome.stopped, outcome.failure);
            record_.status = run_status_of(status);
            return status;
        }
        if (outcome.failure) {
            record_.error = what_failed(outcome.failure);
            failure_ = error_text(outcome.failure);
            auto const status = cli::status_of(outcome.failure);
            record_.status = run_status_of(status);
            return status;
        }
        for (auto const& step : record_.result.steps)
            if (step.status == step_status::failed)
                record_.error = "failed to run step ID: " + step.id + ": " + step.error;
        record_.status = record_.result.succeeded ? run_status::succeeded : run_status::failed;
        return record_.result.succeeded ? exit_status::success : exit_status::build_failed;
    }

    void show_result(exit_status status)
    {
        auto text = record_.result.steps.empty() ? std::string() : "\n" + to_table(record_);
        if (!record_.result.dependencies.empty())
            text += "\nThe following dependencies were found:\n" + acrx::to_json(record_.result.dependencies) + "\n";
        if (status == exit_status::success)
            text += "\nRun ID: " + record_.id + " was successful after "
                    + to_duration_text(*record_.finished - record_.created) + "\n";
        log_.write(text);
        if (status != exit_status::success && failure_.empty())
            failure_ = "error: " + record_.error + "\nRun ID: " + record_.id + " failed after "
                       + to_duration_text(*record_.finished - record_.created) + "\n";
        log_.write(failure_);
        if (is_stdout_taken())
            streams_.out.write(to_json_text(record_));
        else
            streams_.out.write(options_.connection.format == output_format::table ? to_table(record_) : text);
        streams_.err.write(failure_);
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

    task_options const& options_;
    console& streams_;
    state_folder state_;
    run_log log_;
    task_lines lines_;
    task_record record_;
    std::string failure_;
};
}  // namespace detail

ACRX_DECL exit_status run_task_command(task_options const& options, console& streams)
{
    try {
        if (options.action != task_action::run)
            return detail::show_task(options, streams);
        auto const state = state_of(options.connection.home);
        auto const lock = state_lock::shared(state.root());
        auto id = options.id.empty() ? next_run_id(state.runs()) : options.id;
        detail::task_command_run run(options, streams, state, std::move(id));
        return run.run();
    } catch (...) {
        streams.err.write(error_text(std::current_exception()));
        return status_of(std::current_exception());
    }
}
}  // namespace acrx::cli
#endif
