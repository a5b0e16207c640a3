// Checks of the parts of a task.
#ifndef ACRX_TASK_DETAIL_FINISH_TASK_HPP
#define ACRX_TASK_DETAIL_FINISH_TASK_HPP

#include <acrx/core/config.hpp>
#include <acrx/task/task_file.hpp>

#include <string>

namespace acrx::detail {
/// A version as it is always written. @throws task_error for one that does not exist
ACRX_DECL std::string checked_version(std::string const& text, std::string const& file, source_place where);
/// @throws task_error
ACRX_DECL void check_secrets(task_file const& task);
ACRX_DECL void check_volumes(task_file const& task);
ACRX_DECL void check_mounts(task_file const& task, task_step const& step);
/// A folder inside a container: relative ones begin at `/workspace`; without `.`, `..` and double slashes.
ACRX_DECL std::string folder_of_step(std::string const& folder);
}  // namespace acrx::detail
#endif
