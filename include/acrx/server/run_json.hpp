// Runs, named runs and agent pools in the JSON of ACR Tasks.
#ifndef ACRX_SERVER_RUN_JSON_HPP
#define ACRX_SERVER_RUN_JSON_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/agent_pool.hpp>
#include <acrx/run/named_run.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/server/arm_path.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/json/object.hpp>

#include <optional>

namespace acrx {
/// @param path  of the registry, for the id
ACRX_DECL boost::json::object to_json(run_record const& run, arm_path const& path);

/// @param newest  its newest run, which says where the provisioning stands
ACRX_DECL boost::json::object to_json(named_run const& run, std::optional<run_record> const& newest, arm_path const& path);
/// Reads a whole named run, or changes to one. @throws arm_refusal (400)
ACRX_DECL void read_named_run(detail::json_fields const& from, named_run& into);

ACRX_DECL boost::json::object to_json(agent_pool const& pool, arm_path const& path);
ACRX_DECL void read_agent_pool(detail::json_fields const& from, agent_pool& into);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/run_json.ipp>
#include <acrx/server/impl/named_run_json.ipp>
#endif
#endif
