// What is told of a task file although it can be run.
#ifndef ACRX_TASK_TASK_WARNING_HPP
#define ACRX_TASK_TASK_WARNING_HPP

#include <acrx/io/source_place.hpp>

#include <string>

namespace acrx {
/// Something in a task file that has no effect, and probably should have.
struct task_warning
{
    source_place where;
    std::string text;
    std::string advice;  ///< may be empty
};

/// Both in one line, for people.
inline std::string to_string(task_warning const& warning)
{
    return warning.advice.empty() ? warning.text : warning.text + ". " + warning.advice;
}
}  // namespace acrx
#endif
