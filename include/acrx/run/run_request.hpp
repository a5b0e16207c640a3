// What somebody asks to run: one of four kinds, and what the run gets.
#ifndef ACRX_RUN_RUN_REQUEST_HPP
#define ACRX_RUN_RUN_REQUEST_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/run/step_definition.hpp>
#include <acrx/run/task_identity.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace acrx {
/// What one run of a stored task does otherwise than the task says; what is empty stays as it is.
struct step_override
{
    std::string context = {};
    std::string file = {};                    ///< Dockerfile or task file
    std::string target = {};
    std::vector<named_value> arguments = {};  ///< of a Docker step; by name in place of the task's
    std::vector<named_value> values = {};     ///< of the other steps
    std::string update_token = {};            ///< handed through to the record

    bool operator==(step_override const&) const = default;
};

/// Runs a stored task.
struct stored_task
{
    std::string task = {};
    step_override changes = {};

    bool operator==(stored_task const&) const = default;
};

/// What one run of a task file or text is told instead of what the runner tells it.
struct run_overrides
{
    std::string id = {};                        ///< `$ID` and `{{.Run.ID}}`: letters, digits, `.`, `-`, `_`; the record keeps its own
    std::string registry = {};                  ///< `$Registry` and `{{.Run.Registry}}`
    std::vector<std::string> environment = {};  ///< `NAME=TEXT`, for all steps
    bool no_cache = false;                      ///< all steps of builds run

    bool operator==(run_overrides const&) const = default;
};

/// What is to be run. A request that is recorded holds no `stored_task` any more, but the task's step.
struct run_request
{
    std::variant<docker_step, file_step, text_step, stored_task> what = {};
    std::string context = {};        ///< a location, or the relative path of an upload; empty for none
    std::string context_token = {};  ///< a secret
    acrx::platform platform{"linux", "amd64", {}, {}, {}};
    unsigned cpu = 2;
    std::chrono::seconds timeout{3600};
    std::string agent_pool = {};     ///< empty for the task's or the runner's own
    int priority = 0;
    bool is_archived = false;   ///< its log is kept for good
    std::string log_template = {};
    task_credentials credentials = {};
    task_identity identity = {};
    run_overrides overrides = {};
};

/// The request that a run of the task is recorded with.
/// @throws error (`errc::invalid_argument`) for a change that the task's step has no place for
ACRX_DECL run_request request_of(step_definition const& step, step_override const& changes);

/// All secrets in it.
ACRX_DECL std::vector<std::string> secrets_of(run_request const& request);
/// The same request without them.
ACRX_DECL run_request without_secrets(run_request request);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/run_request.ipp>
#endif
#endif
