// Tables of tasks, runs and their parts, as `az acr task` shows them with -o table.
#ifndef ACRX_RUNNER_CLI_DETAIL_TASK_TABLES_HPP
#define ACRX_RUNNER_CLI_DETAIL_TASK_TABLES_HPP

#include <acrx/core/config.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli::detail {
/// Columns as wide as their widest cell, two spaces apart, with a rule under the heads.
ACRX_DECL std::string to_table(std::vector<std::string> const& heads, std::vector<std::vector<std::string>> const& rows);
/// The table of what the API gave, by its kind: `task`, `run`, `taskrun`, `timer`, `credential` or `identity`.
ACRX_DECL std::string table_of(std::string_view kind, boost::json::array const& items);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/task_tables.ipp>
#endif
#endif
