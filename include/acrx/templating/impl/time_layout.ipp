// Bodies of templating/moment.hpp: layouts, and writing times by them.
#ifndef ACRX_TEMPLATING_IMPL_TIME_LAYOUT_IPP
#define ACRX_TEMPLATING_IMPL_TIME_LAYOUT_IPP
#include <acrx/templating/moment.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::templating {
namespace detail {
/// The pieces of a layout.
enum class layout_piece
{
    none,
    long_month, month, number_month, zero_month,
    long_weekday, weekday,
    day, under_day, zero_day, under_year_day, zero_year_day,
    hour, hour12, zero_hour12,
    minute, zero_minute, second, zero_second,
    long_year, year,
    pm, small_pm,
    zone_name,
    iso_zone, iso_zone_seconds, iso_short_zone, iso_colon_zone, iso_colon_zone_seconds,
    zone, zone_seconds, short_zone, colon_zone, colon_zone_seconds,
    fraction_zeros, fraction_nines,
};

struct layout_token
{
    layout_piece piece = layout_piece::none;
    std::size_t begin = 0;
    std::size_t size = 0;
};

inline constexpr std::array<std::string_view, 12> month_names{"January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December"};
inline constexpr std::array<std::string_view, 7> day_names{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday",
    "Friday", "Saturday"};

/// The first piece in a layout; `none` at its end.
inline layout_token next_piece(std::string_view layout)
{
    using enum layout_piece;
    // Longer words first: the first that fits counts.
    static constexpr std::array<std::pair<std::string_view, layout_piece>, 33> words{{
        {"January", long_month}, {"Jan", month}, {"Monday", long_weekday}, {"Mon", weekday}, {"MST", zone_name},
        {"002", zero_year_day}, {"01", zero_month}, {"02", zero_day}, {"03", zero_hour12}, {"04", zero_minute},
        {"05", zero_second}, {"06", year}, {"15", hour}, {"1", number_month}, {"2006", long_year}, {"2", day},
        {"__2", under_year_day}, {"_2", under_day}, {"3", hour12}, {"4", minute}, {"5", second}, {"PM", pm},
        {"pm", small_pm}, {"-070000", zone_seconds}, {"-07:00:00", colon_zone_seconds}, {"-0700", zone},
        {"-07:00", colon_zone}, {"-07", short_zone}, {"Z070000", iso_zone_seconds},
        {"Z07:00:00", iso_colon_zone_seconds}, {"Z0700", iso_zone}, {"Z07:00", iso_colon_zone}, {"Z07", iso_short_zone},
    }};
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < layout.size(); ++i) {
        auto const rest = layout.substr(i);
        if (rest.starts_with("_2006"))
            return {long_year, i + 1, 4};
        for (auto const& [word, piece] : words) {
            if (!rest.starts_with(word))
                continue;
            auto const followed_by_lower = rest.size() > word.size() && rest[word.size()] >= 'a' && rest[word.size()] <= 'z';
            if ((piece == month || piece == weekday) && followed_by_lower)
                continue;
            return {piece, i, word.size()};
        }
        if ((rest[0] == '.' || rest[0] == ',') && rest.size() > 1 && (rest[1] == '0' || rest[1] == '9')) {
            auto const end = std::min(rest.find_first_not_of(rest[1], 1), rest.size());
            if (end == rest.size() || !is_digit(rest[end]))
                return {rest[1] == '0' ? fraction_zeros : fraction_nines, i, end};
        }
    }
    return {none, layout.size(), 0};
}

/// A date and a time of day.
struct civil_time
{
    std::int64_t year = 1;
    unsigned month = 1;
    unsigned day = 1;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    unsigned weekday = 0;
    unsigned year_day = 1;
};

/// Proleptic Gregorian, for any 64-bit instant that a year of 64 bits can tell.
inline civil_time to_civil(std::int64_t seconds)
{
    auto const days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
    auto const rest = static_cast<unsigned>(seconds - days * 86400);
    auto const since = days + 719468;
    auto const era = (since >= 0 ? since : since - 146096) / 146097;
    auto const doe = static_cast<unsigned>(since - era * 146097);
    auto const yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    auto const doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    auto const mp = (5 * doy + 2) / 153;
    civil_time t;
    t.day = doy - (153 * mp + 2) / 5 + 1;
    t.month = mp < 10 ? mp + 3 : mp - 9;
    t.year = static_cast<std::int64_t>(yoe) + era * 400 + (t.month <= 2 ? 1 : 0);
    t.hour = rest / 3600;
    t.minute = rest / 60 % 60;
    t.second = rest % 60;
    t.weekday = static_cast<unsigned>((days % 7 + 11) % 7);
    auto const leap = (t.year % 4 == 0 && t.year % 100 != 0) || t.year % 400 == 0;
    t.year_day = doy >= 306 ? doy - 305 : doy + 60 + (leap ? 1 : 0);
    return t;
}

inline std::int64_t from_civil(civil_time const& t)
{
    auto const y = t.year - (t.month <= 2 ? 1 : 0);
    auto const era = (y >= 0 ? y : y - 399) / 400;
    auto const yoe = static_cast<unsigned>(y - era * 400);
    auto const doy = (153 * (t.month > 2 ? t.month - 3 : t.month + 9) + 2) / 5 + t.day - 1;
    auto const doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    auto const days = era * 146097 + static_cast<std::int64_t>(doe) - 719468;
    return days * 86400 + t.hour * 3600 + t.minute * 60 + t.second;
}

inline std::string padded(std::int64_t n, std::size_t width, char with = '0')
{
    auto text = std::to_string(n < 0 ? -n : n);
    if (text.size() < width)
        text.insert(0, width - text.size(), with);
    return n < 0 ? '-' + text : text;
}

inline std::string offset_text(std::int32_t offset, layout_piece piece)
{
    using enum layout_piece;
    auto const iso = piece >= iso_zone && piece <= iso_colon_zone_seconds;
    if (iso && offset == 0)
        return "Z";
    auto const colon = piece == iso_colon_zone || piece == iso_colon_zone_seconds || piece == colon_zone
                       || piece == colon_zone_seconds;
    auto const size = offset < 0 ? -offset : offset;
    auto text = (offset < 0 ? "-" : "+") + padded(size / 3600, 2);
    if (piece == iso_short_zone || piece == short_zone)
        return text;
    text += (colon ? ":" : "") + padded(size / 60 % 60, 2);
    if (piece == iso_zone_seconds || piece == iso_colon_zone_seconds || piece == zone_seconds
        || piece == colon_zone_seconds)
        text += (colon ? ":" : "") + padded(size % 60, 2);
    return text;
}

inline std::string fraction_text(std::int32_t nanoseconds, layout_token const& token, char point)
{
    auto digits = padded(nanoseconds, 9).substr(0, token.size - 1);
    if (token.piece == layout_piece::fraction_nines)
        digits.erase(digits.find_last_not_of('0') + 1);
    return digits.empty() ? digits : point + digits;
}

inline std::string piece_text(moment const& time, civil_time const& t, layout_piece piece)
{
    using enum layout_piece;
    auto const hour_of_12 = t.hour % 12 == 0 ? 12 : t.hour % 12;
    switch (piece) {
    case long_month: return std::string(month_names[t.month - 1]);
    case month: return std::string(month_names[t.month - 1].substr(0, 3));
    case number_month: return std::to_string(t.month);
    case zero_month: return padded(t.month, 2);
    case long_weekday: return std::string(day_names[t.weekday]);
    case weekday: return std::string(day_names[t.weekday].substr(0, 3));
    case day: return std::to_string(t.day);
    case under_day: return padded(t.day, 2, ' ');
    case zero_day: return padded(t.day, 2);
    case under_year_day: return padded(t.year_day, 3, ' ');
    case zero_year_day: return padded(t.year_day, 3);
    case hour: return padded(t.hour, 2);
    case hour12: return std::to_string(hour_of_12);
    case zero_hour12: return padded(hour_of_12, 2);
    case minute: return std::to_string(t.minute);
    case zero_minute: return padded(t.minute, 2);
    case second: return std::to_string(t.second);
    case zero_second: return padded(t.second, 2);
    case long_year: return padded(t.year, 4);
    case year: return padded((t.year < 0 ? -t.year : t.year) % 100, 2);
    case pm: return t.hour >= 12 ? "PM" : "AM";
    case small_pm: return t.hour >= 12 ? "pm" : "am";
    case zone_name:
        if (!time.zone.empty())
            return time.zone;
        return offset_text(time.offset, time.offset % 3600 == 0 ? short_zone : zone);
    default: return offset_text(time.offset, piece);
    }
}
}  // namespace detail

ACRX_DECL std::string format_time(moment const& time, std::string_view layout)
{
    auto const t = detail::to_civil(time.seconds + time.offset);
    std::string text;
    while (true) {
        auto const token = detail::next_piece(layout);
        text += layout.substr(0, token.begin);
        if (token.piece == detail::layout_piece::none)
            return text;
        if (token.piece >= detail::layout_piece::fraction_zeros)
            text += detail::fraction_text(time.nanoseconds, token, layout[token.begin]);
        else
            text += detail::piece_text(time, t, token.piece);
        layout.remove_prefix(token.begin + token.size);
    }
}
}  // namespace acrx::templating
#endif
