// Stored tasks in the JSON of ACR Tasks (api-version 2019-06-01-preview, `Task` and `TaskUpdateParameters`).
#ifndef ACRX_SERVER_TASK_JSON_HPP
#define ACRX_SERVER_TASK_JSON_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/server/arm_path.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/json/object.hpp>

namespace acrx {
/// @param path  of the registry, for the id
/// Secrets that the task holds are in it: give it `without_secrets` where they do not belong.
ACRX_DECL boost::json::object to_json(task_definition const& task, arm_path const& path);
/// Reads a whole task, or changes to one: what is not named stays as it is. Timers and source triggers of a change are
/// joined with those of their name; they cannot be removed by it.
/// @throws arm_refusal (400)
ACRX_DECL void read_task(detail::json_fields const& from, task_definition& into);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/task_json.ipp>
#endif
#endif
