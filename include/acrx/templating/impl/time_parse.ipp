// Bodies of templating/moment.hpp: reading times by a layout.
#ifndef ACRX_TEMPLATING_IMPL_TIME_PARSE_IPP
#define ACRX_TEMPLATING_IMPL_TIME_PARSE_IPP
#include <acrx/templating/impl/time_layout.ipp>
#include <acrx/templating/moment.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::templating {
namespace detail {
/// Reads a time, piece by piece.
class time_reader
{
public:
    explicit time_reader(std::string_view text) : text_(text) {}

    bool read(std::string_view layout);
    std::optional<moment> result() const;

private:
    bool read_piece(layout_token const& token, char point);
    bool read_number(std::size_t least, std::size_t most, unsigned& n);
    bool read_offset(layout_piece piece);
    bool read_fraction(std::size_t digits);
    bool read_zone_name();
    bool literal(std::string_view expected);
    template<std::size_t N>
    bool read_name(std::array<std::string_view, N> const& names, bool whole, unsigned& n)
    {
        for (unsigned i = 0; i < N; ++i) {
            auto const name = whole ? names[i] : names[i].substr(0, 3);
            auto const same = text_.size() >= name.size()
                              && std::equal(name.begin(), name.end(), text_.begin(), [](char a, char b) {
                                     return std::tolower(static_cast<unsigned char>(a))
                                            == std::tolower(static_cast<unsigned char>(b));
                                 });
            if (same) {
                n = i;
                text_.remove_prefix(name.size());
                return true;
            }
        }
        return false;
    }

    std::string_view text_;
    civil_time t_{0, 1, 1, 0, 0, 0, 0, 0};
    bool afternoon_ = false;
    bool morning_ = false;
    moment zone_{0, 0, 0, "UTC"};
};

ACRX_DECL bool time_reader::read_number(std::size_t least, std::size_t most, unsigned& n)
{
    auto const digits = text_.substr(0, std::min(text_.find_first_not_of("0123456789"), most));
    if (digits.size() < least)
        return false;
    n = static_cast<unsigned>(std::stoul(std::string(digits)));
    text_.remove_prefix(digits.size());
    return true;
}

ACRX_DECL bool time_reader::read_fraction(std::size_t digits)
{
    auto part = std::string(text_.substr(0, std::min(text_.find_first_not_of("0123456789"), text_.size())));
    if (part.empty() || (digits > 0 && part.size() != digits))
        return false;
    text_.remove_prefix(part.size());
    part.resize(9, '0');
    zone_.nanoseconds = std::stoi(part);
    return true;
}

ACRX_DECL bool time_reader::read_offset(layout_piece piece)
{
    using enum layout_piece;
    auto const iso = piece >= iso_zone && piece <= iso_colon_zone_seconds;
    if (iso && text_.starts_with('Z')) {
        text_.remove_prefix(1);
        return true;
    }
    if (!text_.starts_with('+') && !text_.starts_with('-'))
        return false;
    auto const west = text_.starts_with('-');
    text_.remove_prefix(1);
    auto const colon = piece == iso_colon_zone || piece == iso_colon_zone_seconds || piece == colon_zone
                       || piece == colon_zone_seconds;
    auto const parts = piece == iso_short_zone || piece == short_zone ? 1
                       : piece == iso_zone_seconds || piece == zone_seconds || piece == iso_colon_zone_seconds
                               || piece == colon_zone_seconds
                           ? 3
                           : 2;
    std::int32_t offset = 0;
    for (int i = 0; i < 3; ++i) {
        unsigned n = 0;
        if (i < parts && ((i > 0 && colon && !literal(":")) || !read_number(2, 2, n)))
            return false;
        offset = offset * 60 + static_cast<std::int32_t>(n);
    }
    zone_.offset = west ? -offset : offset;
    zone_.zone = offset == 0 ? "UTC" : "";
    return true;
}

ACRX_DECL bool time_reader::read_zone_name()
{
    auto const name = text_.substr(0, std::min(text_.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), text_.size()));
    if (name.size() < 3 || name.size() > 5)
        return false;
    text_.remove_prefix(name.size());
    zone_.zone = name;
    return true;
}

ACRX_DECL bool time_reader::literal(std::string_view expected)
{
    if (!text_.starts_with(expected))
        return false;
    text_.remove_prefix(expected.size());
    return true;
}

ACRX_DECL bool time_reader::read_piece(layout_token const& token, char point)
{
    using enum layout_piece;
    unsigned n = 0;
    switch (token.piece) {
    case long_month:
    case month:
        if (!read_name(month_names, token.piece == long_month, n))
            return false;
        t_.month = n + 1;
        return true;
    case number_month: return read_number(1, 2, t_.month);
    case zero_month: return read_number(2, 2, t_.month);
    case long_weekday: return read_name(day_names, true, n);
    case weekday: return read_name(day_names, false, n);
    case under_day:
        if (text_.starts_with(' '))
            text_.remove_prefix(1);
        return read_number(1, 2, t_.day);
    case day: return read_number(1, 2, t_.day);
    case zero_day: return read_number(2, 2, t_.day);
    case under_year_day:
    case zero_year_day: return false;
    case hour: return read_number(2, 2, t_.hour);
    case hour12: return read_number(1, 2, t_.hour) && t_.hour <= 12;
    case zero_hour12: return read_number(2, 2, t_.hour) && t_.hour <= 12;
    case minute: return read_number(1, 2, t_.minute);
    case zero_minute: return read_number(2, 2, t_.minute);
    case second: return read_number(1, 2, t_.second);
    case zero_second: return read_number(2, 2, t_.second);
    case long_year:
        if (!read_number(4, 4, n))
            return false;
        t_.year = n;
        return true;
    case year:
        if (!read_number(2, 2, n))
            return false;
        t_.year = n >= 69 ? n + 1900 : n + 2000;
        return true;
    case pm:
    case small_pm:
        afternoon_ = text_.starts_with(token.piece == pm ? "PM" : "pm");
        morning_ = text_.starts_with(token.piece == pm ? "AM" : "am");
        text_.remove_prefix(std::min<std::size_t>(2, text_.size()));
        return afternoon_ || morning_;
    case zone_name: return read_zone_name();
    case fraction_zeros: return literal(std::string_view(&point, 1)) && read_fraction(token.size - 1);
    case fraction_nines: return !literal(std::string_view(&point, 1)) || read_fraction(0);
    default: return read_offset(token.piece);
    }
}

ACRX_DECL bool time_reader::read(std::string_view layout)
{
    while (true) {
        auto const token = next_piece(layout);
        if (!literal(layout.substr(0, token.begin)))
            return false;
        if (token.piece == layout_piece::none)
            return text_.empty();
        if (!read_piece(token, layout[token.begin]))
            return false;
        layout.remove_prefix(token.begin + token.size);
        auto const seconds = token.piece == layout_piece::second || token.piece == layout_piece::zero_second;
        auto const next = next_piece(layout);
        auto const fraction_follows = next.begin == 0 && (next.piece == layout_piece::fraction_zeros
                                                          || next.piece == layout_piece::fraction_nines);
        if (seconds && !fraction_follows && text_.size() > 1 && (text_[0] == '.' || text_[0] == ',')
            && std::isdigit(static_cast<unsigned char>(text_[1]))) {
            text_.remove_prefix(1);
            if (!read_fraction(0))
                return false;
        }
    }
}

ACRX_DECL std::optional<moment> time_reader::result() const
{
    auto t = t_;
    if (afternoon_ && t.hour < 12)
        t.hour += 12;
    else if (morning_ && t.hour == 12)
        t.hour = 0;
    auto const leap = (t.year % 4 == 0 && t.year % 100 != 0) || t.year % 400 == 0;
    static constexpr std::array<unsigned, 13> lengths{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (t.month < 1 || t.month > 12 || t.day < 1 || t.day > lengths[t.month] + (leap && t.month == 2 ? 1 : 0)
        || t.hour > 23 || t.minute > 59 || t.second > 59)
        return std::nullopt;
    auto time = zone_;
    time.seconds = from_civil(t) - zone_.offset;
    return time;
}
}  // namespace detail

ACRX_DECL std::optional<moment> parse_time(std::string_view layout, std::string_view text)
{
    detail::time_reader reader(text);
    return reader.read(layout) ? reader.result() : std::nullopt;
}
}  // namespace acrx::templating
#endif
