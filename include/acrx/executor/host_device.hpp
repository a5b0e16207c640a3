// A device node of this machine, as a step is given it.
#ifndef ACRX_EXECUTOR_HOST_DEVICE_HPP
#define ACRX_EXECUTOR_HOST_DEVICE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>

#include <filesystem>
#include <string_view>

namespace acrx {
/// The node as it is: under its own name, with its numbers, mode and owner.
/// @throws error  if there is none; (`errc::invalid_argument`) if it is no device node or pipe
ACRX_DECL device_node find_host_device(std::filesystem::path source);
/// Reads `SOURCE[:PATH[:ACCESS]]`, as `docker run --device` takes it; ACCESS is of the letters `rwm`.
/// @throws error (`errc::invalid_argument`) for another form, and as `find_host_device`
ACRX_DECL device_node parse_host_device(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/host_device.ipp>
#endif
#endif
