// Finds commands of steps that could not run, before anything does.
#ifndef ACRX_TASK_CHECK_COMMANDS_HPP
#define ACRX_TASK_CHECK_COMMANDS_HPP

#include <acrx/core/config.hpp>
#include <acrx/task/task_file.hpp>

namespace acrx {
/// Reads the command of each build and cmd step, and the image names of each push.
/// @throws task_error  naming the step, for the first one that is wrong
ACRX_DECL void check_commands(task_file const& task);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/check_commands.ipp>
#endif
#endif
