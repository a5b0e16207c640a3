// The triggers of a task in JSON: `properties.trigger`.
#ifndef ACRX_SERVER_DETAIL_TRIGGER_JSON_HPP
#define ACRX_SERVER_DETAIL_TRIGGER_JSON_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/json/object.hpp>

namespace acrx::detail {
ACRX_DECL boost::json::object to_json(task_triggers const& triggers);
/// Joins with what is there, by name. @throws arm_refusal (400)
ACRX_DECL void read_triggers(json_fields const& from, task_triggers& into);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/trigger_json.ipp>
#endif
#endif
