// What `scheduleRun` is asked, in the JSON of ACR Tasks: four kinds of request.
#ifndef ACRX_SERVER_REQUEST_JSON_HPP
#define ACRX_SERVER_REQUEST_JSON_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_request.hpp>
#include <acrx/server/arm_path.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/json/object.hpp>

namespace acrx {
/// Reads `DockerBuildRequest`, `FileTaskRunRequest`, `EncodedTaskRunRequest` or `TaskRunRequest`.
/// @throws arm_refusal (400)
ACRX_DECL run_request read_run_request(detail::json_fields const& from);
/// The inverse. Secrets that the request holds are in it, see `without_secrets`.
/// @param path  of the registry, for the id of a task
ACRX_DECL boost::json::object to_json(run_request const& request, arm_path const& path);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/request_json.ipp>
#endif
#endif
