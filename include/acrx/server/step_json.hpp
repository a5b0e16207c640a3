// What tasks and requests share in JSON: steps, values, platforms, credentials, identities.
#ifndef ACRX_SERVER_STEP_JSON_HPP
#define ACRX_SERVER_STEP_JSON_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/run/step_definition.hpp>
#include <acrx/run/task_identity.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <string_view>
#include <vector>

namespace acrx {
/// As in `properties.step` of a task. What is secret is left out where it is empty, see `without_secrets`.
ACRX_DECL boost::json::object to_json(step_definition const& step);
/// Reads a step whose type says what it is, or changes to one. @throws arm_refusal (400)
ACRX_DECL void read_step(detail::json_fields const& from, step_definition& into);

/// The fields of one kind of step, which steps and requests have in common. @throws arm_refusal (400)
ACRX_DECL void read_fields(detail::json_fields const& from, docker_step& into);
ACRX_DECL void read_fields(detail::json_fields const& from, file_step& into);
ACRX_DECL void read_fields(detail::json_fields const& from, text_step& into);
ACRX_DECL void put_fields(boost::json::object& into, docker_step const& step);
ACRX_DECL void put_fields(boost::json::object& into, file_step const& step);
ACRX_DECL void put_fields(boost::json::object& into, text_step const& step);

ACRX_DECL boost::json::array to_json(std::vector<named_value> const& values);
ACRX_DECL void read_values(detail::json_fields const& from, std::string_view name, std::vector<named_value>& into);
ACRX_DECL boost::json::object to_json(platform const& p);
ACRX_DECL void read_platform(detail::json_fields const& from, platform& into);
/// `{"cpu":2}`.
ACRX_DECL boost::json::object to_json_agent(unsigned cpu);
ACRX_DECL void read_cpu(detail::json_fields const& from, unsigned& into);
/// 300 to 28800 seconds.
ACRX_DECL void read_timeout(detail::json_fields const& from, std::chrono::seconds& into);
ACRX_DECL boost::json::object to_json(task_credentials const& credentials);
ACRX_DECL void read_credentials(detail::json_fields const& from, task_credentials& into);
/// Empty if there is no identity.
ACRX_DECL boost::json::object to_json(task_identity const& identity);
ACRX_DECL void read_identity(detail::json_fields const& from, task_identity& into);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/step_json.ipp>
#include <acrx/server/impl/identity_json.ipp>
#endif
#endif
