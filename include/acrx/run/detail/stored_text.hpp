// Values of the store as JSON texts, and back.
#ifndef ACRX_RUN_DETAIL_STORED_TEXT_HPP
#define ACRX_RUN_DETAIL_STORED_TEXT_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/agent_pool.hpp>
#include <acrx/run/named_run.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/run/run_request.hpp>
#include <acrx/run/task_definition.hpp>

#include <string>
#include <string_view>

namespace acrx::detail {
ACRX_DECL std::string to_stored_text(task_definition const& task);
ACRX_DECL std::string to_stored_text(run_request const& request);
ACRX_DECL std::string to_stored_text(named_run const& run);
ACRX_DECL std::string to_stored_text(agent_pool const& pool);
ACRX_DECL std::string to_stored_text(run_record const& record);

/// @throws error (`errc::damaged`) for a text that `to_stored_text` did not make
template<class T>
T from_stored_text(std::string_view text);
template<>
ACRX_DECL task_definition from_stored_text<task_definition>(std::string_view text);
template<>
ACRX_DECL run_request from_stored_text<run_request>(std::string_view text);
template<>
ACRX_DECL named_run from_stored_text<named_run>(std::string_view text);
template<>
ACRX_DECL agent_pool from_stored_text<agent_pool>(std::string_view text);
template<>
ACRX_DECL run_record from_stored_text<run_record>(std::string_view text);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/stored_text.ipp>
#endif
#endif
