// A point in time with the offset of its zone: what Go calls time.Time.
#ifndef ACRX_TEMPLATING_MOMENT_HPP
#define ACRX_TEMPLATING_MOMENT_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::templating {
/// A point in time; the default is Go's zero time, the first instant of the year 1.
struct moment
{
    std::int64_t seconds = -62135596800;  ///< since the Unix epoch
    std::int32_t nanoseconds = 0;         ///< 0 to 999999999
    std::int32_t offset = 0;              ///< seconds east of UTC
    std::string zone = "UTC";             ///< e.g. `CET`; empty prints as the offset

    bool operator==(moment const& other) const noexcept
    {
        return seconds == other.seconds && nanoseconds == other.nanoseconds;
    }
};

/// The same instant in a zone of this host's time zone database, such as `Europe/Berlin`; UTC if there is none.
ACRX_DECL moment in_zone(moment time, std::string_view zone);

/// Formats by the reference time `Mon Jan 2 15:04:05 MST 2006`.
ACRX_DECL std::string format_time(moment const& time, std::string_view layout);
/// Reads by the reference time; nothing if `text` does not fit. A text without zone is in UTC.
ACRX_DECL std::optional<moment> parse_time(std::string_view layout, std::string_view text);

/// Nanoseconds of a text such as `-1h30m2.5s`; nothing if it is none or too long.
ACRX_DECL std::optional<std::int64_t> parse_go_duration(std::string_view text);
/// E.g. `72h3m0.5s`, `1.5µs`, `0s`.
ACRX_DECL std::string to_go_duration(std::int64_t nanoseconds);
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/moment.ipp>
#endif
#endif
