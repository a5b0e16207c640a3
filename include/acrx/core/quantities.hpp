// Sizes and durations as people write them.
#ifndef ACRX_CORE_QUANTITIES_HPP
#define ACRX_CORE_QUANTITIES_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace acrx {
/// `500000`, `64kB`, `1.5GB`, `2GiB`; letters in either case. Nothing if it is no size.
ACRX_DECL std::optional<std::uint64_t> parse_byte_count(std::string_view text);
/// `90` (seconds), `90s`, `15m`, `24h`, `7d`, `2w`, and sums such as `1h30m`. Nothing if it is no duration.
ACRX_DECL std::optional<std::chrono::seconds> parse_time_span(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/core/impl/quantities.ipp>
#endif
#endif
