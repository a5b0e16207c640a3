// Names and numbers of signals, for STOPSIGNAL.
#ifndef ACRX_DOCKERFILE_SIGNAL_HPP
#define ACRX_DOCKERFILE_SIGNAL_HPP

#include <acrx/core/config.hpp>

#include <string_view>

namespace acrx::dockerfile {
/// The number of a signal given as `9`, `KILL` or `SIGKILL`, in any case; also `RTMIN+3`.
/// @throws parse_error (`errc::invalid_instruction`) without a place: `invalid signal: x`
ACRX_DECL int parse_signal(std::string_view text);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/signal.ipp>
#endif
#endif
