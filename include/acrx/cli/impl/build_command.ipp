// Bodies of cli/build_command.hpp.
#ifndef ACRX_CLI_IMPL_BUILD_COMMAND_IPP
#define ACRX_CLI_IMPL_BUILD_COMMAND_IPP
#include <acrx/cli/build_command.hpp>
#include <acrx/cli/detail/settled_options.hpp>
#include <acrx/cli/detail/shown_dockerfile_of.hpp>
#include <acrx/cli/detail/request_outputs.hpp>
#include <acrx/cli/detail/result_files.hpp>
#include <acrx/cli/detail/supervised_run.hpp>
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

#include <algorithm>
#include <exception>
#include <functional>
#include <utility>

namespace acrx::cli {
namespace detail {
/// One `acrx-quick build` from the moment that its options are known to be right.
class build_run
{
public:
    build_run(build_options const& options, console& streams, state_folder state, std::string id, quick_request request)
        : options_(options), streams_(streams), state_(std::move(state)), request_(std::move(request)),
          log_(state_.runs() / (id + ".log")),
          display_(style(), is_log_on_stderr() ? streams.err : streams.out, id, log_, secrets_of(request_))
    {
        record_.id = std::move(id);
        record_.platforms = platforms_of(options_);
        record_.created = system_clock().now();
        record_.started = record_.created;
    }

    exit_status run()
    {
        announce();
        auto const say = [this](std::string_view line) { display_.say(line); };
        std::function<void()> draw;
        if (display_.is_live())
            draw = [this] { display_.draw(); };
        supervised_run<quick_result> host(options_.timeout, say, std::move(draw));
        auto operation = run_quick_task(options_, state_, request_, host.pool(),
                                        [this](progress_event const& event) { take(event); });
        auto outcome = host.await(std::move(operation));
        tell_scripts(outcome);
        auto const status = status_of(outcome.failure ? outcome.stopped : stop_reason::none, outcome.failure);
        fill_record(outcome, status);
        display_.finish(status == exit_status::success  ? work_ended::outcome::done
                        : outcome.stopped != stop_reason::none ? work_ended::outcome::canceled
                                                        : work_ended::outcome::failed,
                        record_.error);
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
    bool is_log_on_stderr() const { return is_stdout_taken() || style() == progress_style::raw_json; }
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
        using enum build_note::severity;
        auto const tell = [&](build_note::severity level, std::string const& text) {
            if (display_.is_for_programs())
                return display_.take(build_note{level, text});
            auto const line = (level == warning ? "warning: " : "note: ") + text + "\n";
            streams_.err.write(line);
            log_.write(line);
        };
        if (names_of(request_).empty() && request_.push_by_digest.empty() && !options_.no_push)
            tell(warning, "'--image or -t' is not provided. Skipping image push after build.");
        for (auto const& image : options_.images)
            if (image.find(".Build.ID") != std::string::npos)
                tell(warning, image + ": {{.Build.ID}} is an old word for {{.Run.ID}}.");
        if (!options_.no_push)
            for (auto const& name : request_.local_names)
                tell(information, familiar(name) + " names no registry and stays in the local store; -r gives it one.");
    }

    void tell_scripts(run_outcome<quick_result>& outcome) const
    {
        try {
            if (!outcome.failure)
                write_result_files(options_, *outcome.result);
        } catch (error const&) {
            outcome.failure = std::current_exception();
        }
    }

    void fill_record(run_outcome<quick_result> const& outcome, exit_status status)
    {
        record_.status = run_status_of(status);
        record_.finished = system_clock().now();
        if (outcome.failure) {
            record_.error = display_.redacted(stopped_text(outcome.stopped, options_.timeout).value_or(what_failed(outcome.failure)));
            return;
        }
        record_.image = outcome.result->image.digest;
        record_.config = outcome.result->config;
        record_.bases = outcome.result->bases;
        auto const& pushed = outcome.result->pushed;
        for (auto const& name : outcome.result->tagged)
            record_.images.push_back({name, std::find(pushed.begin(), pushed.end(), name) != pushed.end()});
    }

    std::string failure_text(run_outcome<quick_result> const& outcome) const
    {
        if (auto const stopped = stopped_text(outcome.stopped, options_.timeout)) {
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
        if (record_.status != run_status::succeeded || (is_stdout_taken() && display_.is_for_programs()))
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

ACRX_DECL exit_status build(build_options const& given, console& streams)
{
    try {
        auto const state = state_of(given.home);
        auto const lock = state_lock::shared(state.root());
        detail::settled_options const settled(given, state);
        auto const& options = settled.get();
        auto id = next_run_id(state.runs());
        auto request = to_request(options, id, process_environment());
        detail::clear_result_files(options);
        detail::build_run run(options, streams, state, std::move(id), std::move(request));
        return run.run();
    } catch (...) {
        streams.err.write(error_text(std::current_exception()));
        return status_of(std::current_exception());
    }
}
}  // namespace acrx::cli
#endif
