// Reads task files whose lines have numbers of their own.
#ifndef ACRX_TASK_DETAIL_PARSE_TASK_HPP
#define ACRX_TASK_DETAIL_PARSE_TASK_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/numbered_text.hpp>
#include <acrx/task/task_file.hpp>

#include <string>
#include <vector>

namespace acrx::detail {
/// As `parse_task_file`.
ACRX_DECL task_file read_task(numbered_text const& text, std::string const& file, std::vector<std::string> const& env);
/// Only the `secrets` of a task file, checked. @throws task_error
ACRX_DECL std::vector<secret_definition> parse_secret_definitions(numbered_text const& text, std::string const& file);
}  // namespace acrx::detail
#endif
