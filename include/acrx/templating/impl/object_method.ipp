// Bodies of templating/detail/object_method.hpp.
#ifndef ACRX_TEMPLATING_IMPL_OBJECT_METHOD_IPP
#define ACRX_TEMPLATING_IMPL_OBJECT_METHOD_IPP
#include <acrx/templating/detail/object_method.hpp>
#include <acrx/templating/impl/time_layout.ipp>

namespace acrx::templating::detail {
inline std::optional<value> version_method(version const& v, std::string_view name)
{
    if (name == "Major")
        return value(v.major_number, integer_type::int64);
    if (name == "Minor")
        return value(v.minor_number, integer_type::int64);
    if (name == "Patch")
        return value(v.patch_number, integer_type::int64);
    if (name == "Prerelease")
        return value(v.prerelease);
    if (name == "Metadata")
        return value(v.metadata);
    if (name == "Original")
        return value(v.original);
    if (name == "String")
        return value(v.str());
    return std::nullopt;
}

inline std::optional<value> time_method(moment const& time, std::string_view name)
{
    auto const t = to_civil(time.seconds + time.offset);
    if (name == "Unix")
        return value(time.seconds, integer_type::int64);
    if (name == "UnixNano")
        return value(static_cast<std::int64_t>(static_cast<std::uint64_t>(time.seconds) * 1'000'000'000U
                                               + static_cast<std::uint64_t>(time.nanoseconds)),
                     integer_type::int64);
    if (name == "Year")
        return value(t.year);
    if (name == "Month")
        return value(month_names[t.month - 1]);
    if (name == "Weekday")
        return value(day_names[t.weekday]);
    if (name == "Day")
        return value(t.day);
    if (name == "Hour")
        return value(t.hour);
    if (name == "Minute")
        return value(t.minute);
    if (name == "Second")
        return value(t.second);
    if (name == "Nanosecond")
        return value(time.nanoseconds);
    if (name == "YearDay")
        return value(t.year_day);
    if (name == "IsZero")
        return value(time == moment{});
    if (name == "UTC")
        return value(in_zone(time, "UTC"));
    if (name == "String")
        return value(format_time(time, "2006-01-02 15:04:05.999999999 -0700 MST"));
    if (name == "Format")
        return value("");
    return std::nullopt;
}

ACRX_DECL std::optional<value> object_method(value const& object, std::string_view name)
{
    if (auto const* v = object.if_version())
        return version_method(*v, name);
    if (auto const* t = object.if_time())
        return time_method(*t, name);
    return std::nullopt;
}
}  // namespace acrx::templating::detail
#endif
