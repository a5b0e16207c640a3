// Bodies of triggered_runner/detail/run_words.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_RUN_WORDS_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_RUN_WORDS_IPP
#include <acrx/core/error.hpp>
#include <acrx/triggered_runner/detail/run_words.hpp>

#include <chrono>
#include <utility>

namespace acrx::detail {
ACRX_DECL std::string failure_text(std::exception_ptr failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (error const& e) {
        return e.advice().empty() ? e.text() : e.text() + ". " + e.advice();
    } catch (std::exception const& e) {
        return e.what();
    } catch (...) {
        return "an unknown failure";
    }
}

ACRX_DECL std::string end_line(run_record const& record)
{
    auto const begun = record.started.value_or(record.created);
    auto const time = std::chrono::duration_cast<std::chrono::seconds>(record.finished.value_or(begun) - begun);
    auto const after = " after " + std::to_string(time.count()) + "s";
    std::string const head = "\nRun ID: " + record.id;
    switch (record.status) {
    case run_status::succeeded: return head + " was successful" + after + "\n";
    case run_status::canceled: return head + " was canceled" + after + "\n";
    case run_status::timeout: return head + " timed out" + after + ". Error: " + record.error + "\n";
    default: return head + " failed" + after + ". Error: " + record.error + "\n";
    }
}

ACRX_DECL void take_outcome(run_change& change, run_outcome outcome)
{
    change.status = outcome.succeeded ? run_status::succeeded : run_status::failed;
    change.error = std::move(outcome.error);
    change.outputs = std::move(outcome.outputs);
    change.dependencies = std::move(outcome.dependencies);
    change.commit = std::move(outcome.commit);
}

ACRX_DECL void set_end(run_record& record, run_change const& change)
{
    record.status = change.status;
    record.updated = change.at;
    record.finished = change.at;
    record.error = change.error;
    record.outputs = change.outputs;
    record.dependencies = change.dependencies;
    record.commit = change.commit;
}
}  // namespace acrx::detail
#endif
