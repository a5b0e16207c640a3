// Durations in the notation of Go: `1m30s`.
#ifndef ACRX_DOCKERFILE_GO_DURATION_HPP
#define ACRX_DOCKERFILE_GO_DURATION_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace acrx::dockerfile {
/// Reads e.g. `1h15m`, `-1.5s`, `300ms`, `0`. @throws parse_error (`errc::syntax`) without a place
ACRX_DECL std::chrono::nanoseconds parse_go_duration(std::string_view text);

/// Writes a duration as Go prints it: `1m30s`, `500ms`, `1.5µs`, `0s`.
ACRX_DECL std::string format_go_duration(std::chrono::nanoseconds duration);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/go_duration.ipp>
#endif
#endif
