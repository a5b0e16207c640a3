// Whether a step's isolation is one that there is here.
#ifndef ACRX_EXECUTOR_DETAIL_CHECK_ISOLATION_HPP
#define ACRX_EXECUTOR_DETAIL_CHECK_ISOLATION_HPP

#include <acrx/core/error.hpp>
#include <acrx/executor/step_spec.hpp>

namespace acrx::detail {
/// @throws error (`errc::invalid_argument`) for `process` and `hyperv`, which are of Windows, and for what is nothing
inline void check_isolation(step_spec const& spec)
{
    if (!spec.isolation.empty() && spec.isolation != "default")
        throw error(errc::invalid_argument, "running a step with the isolation \"" + spec.isolation + "\"",
                    "On Linux there is `default` only.");
}
}  // namespace acrx::detail
#endif
