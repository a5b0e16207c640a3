// What is wrong with a task file, and where.
#ifndef ACRX_TASK_TASK_ERROR_HPP
#define ACRX_TASK_TASK_ERROR_HPP

#include <acrx/io/text_error.hpp>

namespace acrx {
/// An error in the text or in the values of a task.
using task_error = text_error;
}  // namespace acrx
#endif
