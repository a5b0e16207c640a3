// Reads the time zone database of the host (TZif, RFC 8536).
#ifndef ACRX_TEMPLATING_IMPL_TIME_ZONE_IPP
#define ACRX_TEMPLATING_IMPL_TIME_ZONE_IPP
#include <acrx/core/config.hpp>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
/// What holds in a zone at some instant.
struct zone_state
{
    std::int32_t offset = 0;
    std::string name = "UTC";
};

/// The blocks of a TZif file in their order; a damaged file reads as UTC.
class tzif_reader
{
public:
    explicit tzif_reader(std::string bytes) : bytes_(std::move(bytes)) {}

    zone_state at(std::int64_t seconds)
    {
        if (!skip_old_block())
            return {};
        auto const times = place_;
        auto const types = times + counts_.times * 8;
        auto const records = types + counts_.times;
        auto const names = records + counts_.types * 6;
        if (counts_.types == 0 || names + counts_.names > bytes_.size())
            return {};
        std::size_t type = 0;
        for (std::size_t i = 0; i < counts_.times && number(times + i * 8, 8) <= seconds; ++i)
            type = static_cast<unsigned char>(bytes_[types + i]);
        if (type >= counts_.types)
            return {};
        auto const record = records + type * 6;
        auto const name = static_cast<unsigned char>(bytes_[record + 5]);
        zone_state state{static_cast<std::int32_t>(number(record, 4)), {}};
        if (name < counts_.names)
            state.name = bytes_.c_str() + names + name;
        if (state.name.starts_with('+') || state.name.starts_with('-'))
            return state;
        return state;
    }

private:
    struct header
    {
        std::size_t marks_ut, marks_std, leaps, times, types, names;
    };

    std::int64_t number(std::size_t place, std::size_t size) const
    {
        std::int64_t n = static_cast<signed char>(bytes_[place]);
        for (std::size_t i = 1; i < size; ++i)
            n = n * 256 + static_cast<unsigned char>(bytes_[place + i]);
        return n;
    }

    bool read_header()
    {
        if (place_ + 44 > bytes_.size() || bytes_.compare(place_, 4, "TZif") != 0 || bytes_[place_ + 4] < '2')
            return false;
        auto const count = [&](std::size_t i) { return static_cast<std::size_t>(number(place_ + 20 + i * 4, 4)); };
        counts_ = {count(0), count(1), count(2), count(3), count(4), count(5)};
        place_ += 44;
        return std::max({counts_.marks_ut, counts_.leaps, counts_.times, counts_.types, counts_.names}) < 1'000'000;
    }

    /// Skips the block with 32-bit times and reads the header of the one with 64 bits.
    bool skip_old_block()
    {
        if (!read_header())
            return false;
        place_ += counts_.times * 5 + counts_.types * 6 + counts_.names + counts_.leaps * 8 + counts_.marks_std
                  + counts_.marks_ut;
        return read_header();
    }

    std::string bytes_;
    std::size_t place_ = 0;
    header counts_{};
};

/// UTC for the empty name, `UTC`, `Local` and unknown zones.
inline zone_state zone_at(std::string_view zone, std::int64_t seconds)
{
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    auto const safe = !zone.empty() && zone.size() < 64 && zone.front() != '/'
                      && zone.find_first_not_of(allowed) == zone.npos;
    if (!safe || zone == "UTC" || zone == "Local")
        return {};
    std::ifstream file("/usr/share/zoneinfo/" + std::string(zone), std::ios::binary);
    if (!file)
        return {};
    return tzif_reader({std::istreambuf_iterator<char>(file), {}}).at(seconds);
}
}  // namespace acrx::templating::detail
#endif
