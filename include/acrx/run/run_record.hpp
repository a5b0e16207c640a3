// The record of a run: why it began, where it stands, what came out.
#ifndef ACRX_RUN_RUN_RECORD_HPP
#define ACRX_RUN_RUN_RECORD_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/run/run_status.hpp>
#include <acrx/task/dependency_report.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// What kind of work a run is.
enum class run_type
{
    quick_build,  ///< a Dockerfile, asked for by a person
    quick_run,    ///< a task file or text, asked for by a person
    auto_build,   ///< a Dockerfile of a stored task
    auto_run,     ///< a task file or text of a stored task
};

/// `QuickBuild`, `QuickRun`, `AutoBuild` or `AutoRun`.
ACRX_DECL std::string_view to_string(run_type type);

/// Why a run began.
struct run_cause
{
    trigger_event event = {};  ///< a `manual_request` for people
    std::string trigger = {};  ///< the name of the task's trigger; empty for people
    time_point at{};      ///< when it was noticed

    bool operator==(run_cause const&) const = default;
};

/// An image that a run pushed.
using output_image = updated_image;

/// One run.
struct run_record
{
    std::string id = {};            ///< see `run_id_of`
    std::uint64_t number = 0;  ///< increases from run to run
    run_status status = run_status::queued;
    run_type type = run_type::quick_run;
    std::string task = {};          ///< empty for a quick run
    run_cause cause = {};
    time_point created{};
    std::optional<time_point> started = {};
    std::optional<time_point> finished = {};
    time_point updated{};      ///< of the last change of the record
    std::vector<output_image> outputs = {};
    std::vector<image_dependencies> dependencies = {};
    std::string commit = {};        ///< that was built; empty if the context is no repository
    acrx::platform platform = {};
    unsigned cpu = 2;
    std::string agent_pool = {};
    int priority = 0;
    std::string source_registry_login = {};           ///< `Default` or `None`
    std::vector<std::string> custom_registries = {};  ///< names of hosts, no credentials
    std::string error = {};         ///< why it ended as it did; empty for success; without secrets
    std::string update_token = {};
    std::optional<output_image> log_image = {};  ///< where the log was pushed to
    std::string upload = {};  ///< relative path of the upload that is its context; empty for another context
    bool is_archived = false;
    bool is_cancel_requested = false;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/run_record.ipp>
#endif
#endif
