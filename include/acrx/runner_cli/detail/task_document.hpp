// Turns az's options into the JSON that the API takes.
#ifndef ACRX_RUNNER_CLI_DETAIL_TASK_DOCUMENT_HPP
#define ACRX_RUNNER_CLI_DETAIL_TASK_DOCUMENT_HPP

#include <acrx/core/config.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace acrx::cli::detail {
namespace json = boost::json;

/// The task that `task create` stores. @throws usage_error for options that do not go together, as az does
ACRX_DECL json::object created_task(task_arguments const& a);
/// The changes of `task update`. @param known  the task as it is, with its secrets
ACRX_DECL json::object updated_task(task_arguments const& a, json::value const& known);
/// Whether `--context` names something of this machine, which is to be sent.
ACRX_DECL bool names_context_here(task_arguments const& a);
/// The request of `task run`; a context that is sent is not in it.
ACRX_DECL json::object run_of_task(task_arguments const& a);
/// The text at a pointer; empty if there is none.
ACRX_DECL std::string text_at(json::value const& in, std::string_view pointer);
/// The list at a pointer; empty if there is none.
ACRX_DECL json::array list_at(json::value const& in, std::string_view pointer);
/// A text, or the URL of a vault's secret.
ACRX_DECL json::object credential_of(std::string const& text);
/// The secret in a file; `-` is standard input.
ACRX_DECL std::string secret_in(std::filesystem::path const& file);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/task_document.ipp>
#endif
#endif
