// A device node of this machine, as a step is given it.
#ifndef ACRX_EXECUTOR_HOST_DEVICE_HPP
#define ACRX_EXECUTOR_HOST_DEVICE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>

#include <string_view>

namespace acrx {
/// Reads `SOURCE[:PATH[:ACCESS]]`, as `docker run --device` takes it; ACCESS is of the letters `rwm`.
/// @throws error (`errc::invalid_argument`) for another form, or if SOURCE is no device node of this machine
ACRX_DECL device_node parse_host_device(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/host_device.ipp>
#endif
#endif
