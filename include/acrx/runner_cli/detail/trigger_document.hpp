// Turns az's options of triggers into the JSON that the API takes.
#ifndef ACRX_RUNNER_CLI_DETAIL_TRIGGER_DOCUMENT_HPP
#define ACRX_RUNNER_CLI_DETAIL_TRIGGER_DOCUMENT_HPP

#include <acrx/core/config.hpp>
#include <acrx/runner_cli/detail/task_document.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

#include <optional>
#include <string>
#include <vector>

namespace acrx::cli::detail {
/// Adds what was given.
template<class T>
void put_given(json::object& into, char const* name, std::optional<T> const& value)
{
    if (value)
        into[name] = *value;
}

ACRX_DECL json::object source_trigger_of(task_arguments const& a, std::string const& context, std::string const& token, bool commits,
                                         bool pulls);
/// The trigger of `task update`: given booleans go with the events there are. Nothing if the options do not touch it.
ACRX_DECL std::optional<json::object> updated_source(task_arguments const& a, json::value const& known, std::string const& token);
/// `CRON` or `NAME:CRON` each; those without a name are `t1`, `t2` and so on.
ACRX_DECL json::array timers_of(std::vector<std::string> const& schedules);
ACRX_DECL json::object base_trigger_of(task_arguments const& a);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/trigger_document.ipp>
#endif
#endif
