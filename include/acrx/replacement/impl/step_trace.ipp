// Bodies of replacement/step_trace.hpp.
#ifndef ACRX_REPLACEMENT_IMPL_STEP_TRACE_IPP
#define ACRX_REPLACEMENT_IMPL_STEP_TRACE_IPP
#include <acrx/core/error.hpp>
#include <acrx/replacement/step_trace.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace acrx {
namespace detail {
/// Takes the fields of one line, one after the other.
class trace_fields
{
public:
    explicit trace_fields(std::string_view line) : rest_(line) {}

    std::string_view next(char const* name)
    {
        auto const end = std::min(rest_.find(' '), rest_.size());
        auto const field = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        if (field.empty())
            throw error(errc::damaged, std::string("the field ") + name + " is missing");
        return field;
    }
    template<class Number>
    Number number(char const* name)
    {
        auto const field = next(name);
        Number value{};
        auto const read = std::from_chars(field.data(), field.data() + field.size(), value);
        if (read.ec != std::errc() || read.ptr != field.data() + field.size())
            refuse(name, field);
        return value;
    }
    short_key key(char const* name)
    {
        auto const field = next(name);
        if (field == "-")
            return 0;
        short_key value = 0;
        auto const read = std::from_chars(field.data(), field.data() + field.size(), value, 16);
        if (field.size() != 16 || read.ec != std::errc() || read.ptr != field.data() + field.size())
            refuse(name, field);
        return value;
    }
    void end() const
    {
        if (!rest_.empty())
            throw error(errc::damaged, "more than ten fields: '" + std::string(rest_.substr(0, 20)) + "'");
    }
    [[noreturn]] static void refuse(char const* name, std::string_view field)
    {
        throw error(errc::damaged, std::string("the field ") + name + " is '" + std::string(field.substr(0, 40)) + "'");
    }

private:
    std::string_view rest_;
};

inline void append_key(std::string& line, short_key key)
{
    if (key == 0) {
        line += " -";
        return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    line += ' ';
    for (int shift = 60; shift >= 0; shift -= 4)
        line += digits[(key >> shift) & 15U];
}
}  // namespace detail

ACRX_DECL traced_step parse_traced_step(std::string_view line)
{
    detail::trace_fields fields(line);
    traced_step step;
    step.time = fields.number<std::int64_t>("TIME");
    step.build = fields.number<std::uint64_t>("BUILD");
    auto const kind = fields.next("KIND");
    if (kind != "r" && kind != "c" && kind != "w")
        fields.refuse("KIND", kind);
    step.kind = kind.front();
    for (std::size_t i = 0; i < traced_keys.size(); ++i)
        step.keys[i] = fields.key("KEY");
    step.parent = fields.key("PARENT");
    step.bytes = fields.number<std::uint64_t>("BYTES");
    step.seconds = fields.number<double>("SECONDS");
    if (!(step.seconds >= 0) || !std::isfinite(step.seconds))
        fields.refuse("SECONDS", "negative, or infinite");
    fields.end();
    return step;
}

ACRX_DECL std::string to_line(traced_step const& step)
{
    auto line = std::to_string(step.time) + ' ' + std::to_string(step.build) + ' ' + step.kind;
    for (auto const key : step.keys)
        detail::append_key(line, key);
    detail::append_key(line, step.parent);
    char seconds[64];
    std::snprintf(seconds, sizeof seconds, " %.6g", step.seconds);
    return line + ' ' + std::to_string(step.bytes) + seconds + '\n';
}

ACRX_DECL short_key to_short_key(std::string_view hexadecimal)
{
    auto const digits = hexadecimal.substr(0, 16);
    short_key key = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), key, 16);
    return key;
}

ACRX_DECL void read_trace(std::string_view text, std::function<void(traced_step const&)> const& take,
                          damage_sink const& damaged)
{
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("# acrx trace ") && line != trace_heading)
            throw error(errc::not_supported, "reading the trace: line " + std::to_string(number) + " says that it is of another version");
        if (line.empty() || line.starts_with('#'))
            continue;
        try {
            take(parse_traced_step(line));
        } catch (error const& e) {
            if (e.code() != errc::damaged)
                throw;
            damaged(number, e.text());
        }
    }
}
}  // namespace acrx
#endif
