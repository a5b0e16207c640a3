// Sizes and durations as people read and write them.
#ifndef ACRX_CLI_QUANTITIES_HPP
#define ACRX_CLI_QUANTITIES_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace acrx::cli {
/// `512B`, `1.5kB`, `12.3MB`: decimal units, three digits or so.
ACRX_DECL std::string to_size_text(std::uint64_t bytes);
/// As `parse_byte_count`. @throws usage_error
ACRX_DECL std::uint64_t parse_size(std::string_view text);
/// `0.5s`, `12.3s`, `3m12s`, `2h05m`.
ACRX_DECL std::string to_duration_text(std::chrono::nanoseconds time);
/// As `parse_time_span`. @throws usage_error
ACRX_DECL std::chrono::seconds parse_duration(std::string_view text);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/quantities.ipp>
#endif
#endif
