// Whether a limit of a step has a name that the kernel knows.
#ifndef ACRX_EXECUTOR_CHECK_LIMIT_HPP
#define ACRX_EXECUTOR_CHECK_LIMIT_HPP

#include <acrx/executor/detail/launch_plan.hpp>
#include <acrx/executor/step_spec.hpp>

namespace acrx {
/// @throws error (`errc::invalid_argument`) for a limit that has no such name
inline void check_limit(resource_limit const& limit)
{
    step_spec spec;
    spec.limits = {limit};
    detail::limits_of(spec);
}
}  // namespace acrx
#endif
