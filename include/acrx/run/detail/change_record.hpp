// What changes do to the record of a run: the rules that all stores share.
#ifndef ACRX_RUN_DETAIL_CHANGE_RECORD_HPP
#define ACRX_RUN_DETAIL_CHANGE_RECORD_HPP

#include <acrx/run/run_store.hpp>

#include <string>
#include <string_view>

namespace acrx::detail {
/// Names of tasks have no slash.
inline constexpr std::string_view edit_of_mark = "mark/";

inline void add_edit(task_edits& edits, std::string const& name)
{
    if (name.starts_with(edit_of_mark))
        edits.marks.push_back(name.substr(edit_of_mark.size()));
    else
        edits.names.push_back(name);
}

inline void set_status(run_record& record, run_status status, time_point at)
{
    record.status = status;
    record.updated = at;
    if (status == run_status::queued)
        record.started.reset();
    if (status == run_status::started)
        record.started = at;
    if (is_final(status))
        record.finished = at;
}

/// @return whether the status may follow; nothing is changed if not
inline bool apply(run_record& record, run_change const& change)
{
    if (!may_follow(record.status, change.status))
        return false;
    set_status(record, change.status, change.at);
    if (!is_final(change.status))
        return true;
    record.error = change.error;
    record.outputs = change.outputs;
    record.dependencies = change.dependencies;
    record.commit = change.commit;
    record.log_image = change.log_image;
    return true;
}

/// What becomes of a run whose worker is gone.
inline void recover(run_record& record, time_point now)
{
    if (record.is_cancel_requested)
        return set_status(record, run_status::canceled, now);
    if (record.status == run_status::started)
        return set_status(record, run_status::queued, now);
    set_status(record, run_status::error, now);
    record.error = "the runner stopped while the run was going on; it is not started twice";
}

/// What becomes of a run that somebody wants to end.
inline void cancel(run_record& record, time_point now)
{
    if (record.status == run_status::queued)
        set_status(record, run_status::canceled, now);
    else if (!is_final(record.status))
        record.is_cancel_requested = true;
}
}  // namespace acrx::detail
#endif
