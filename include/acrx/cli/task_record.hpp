// The record of a run of a task: how its steps ended, what came out.
#ifndef ACRX_CLI_TASK_RECORD_HPP
#define ACRX_CLI_TASK_RECORD_HPP

#include <acrx/cli/run_record.hpp>
#include <acrx/core/config.hpp>
#include <acrx/task_runner.hpp>

#include <string>

namespace acrx::cli {
/// One run of a task.
struct task_record
{
    std::string id;
    run_status status = run_status::running;
    time_point created{};
    std::optional<time_point> finished;
    acrx::platform platform;
    task_result result;
    std::string error;  ///< the text of what ended the run; empty for success
};

/// One JSON object, indented, with a line feed at the end.
ACRX_DECL std::string to_json_text(task_record const& record);
/// A table of the steps: id, type, status, duration, attempts.
ACRX_DECL std::string to_table(task_record const& record);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/task_record.ipp>
#endif
#endif
