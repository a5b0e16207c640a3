// Bodies of dockerfile/signal.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_SIGNAL_IPP
#define ACRX_DOCKERFILE_IMPL_SIGNAL_IPP
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/signal.hpp>

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace acrx::dockerfile {
namespace detail {
/// The number of a plain signal of Linux, without `SIG`.
inline std::optional<int> signal_number(std::string_view name)
{
    using entry = std::pair<std::string_view, int>;
    static constexpr std::array<entry, 36> signals{
        entry{"HUP", 1}, {"INT", 2},   {"QUIT", 3},  {"ILL", 4},     {"TRAP", 5},  {"ABRT", 6},    {"IOT", 6},
        {"BUS", 7},      {"FPE", 8},   {"KILL", 9},  {"USR1", 10},   {"SEGV", 11}, {"USR2", 12},   {"PIPE", 13},
        {"ALRM", 14},    {"TERM", 15}, {"CHLD", 17}, {"CLD", 17},    {"CONT", 18}, {"STOP", 19},   {"TSTP", 20},
        {"TTIN", 21},    {"TTOU", 22}, {"URG", 23},  {"XCPU", 24},   {"XFSZ", 25}, {"VTALRM", 26}, {"PROF", 27},
        {"WINCH", 28},   {"IO", 29},   {"POLL", 29}, {"STKFLT", 16}, {"PWR", 30},  {"SYS", 31},    {"RTMIN", 34},
        {"RTMAX", 64}};
    for (auto const& [known, number] : signals)
        if (known == name)
            return number;
    return {};
}

inline std::optional<int> to_number(std::string_view text)
{
    int value = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size())
        return {};
    return value;
}

/// `RTMIN+1` to `RTMIN+15`, `RTMAX-1` to `RTMAX-14`.
inline std::optional<int> real_time_signal(std::string_view name)
{
    bool const from_first = name.starts_with("RTMIN+");
    if (name.size() < 7 || (!from_first && !name.starts_with("RTMAX-")) || name[6] == '0')
        return {};
    auto const distance = to_number(name.substr(6));
    if (!distance || *distance < 1 || *distance > (from_first ? 15 : 14))
        return {};
    return from_first ? 34 + *distance : 64 - *distance;
}
}  // namespace detail

ACRX_DECL int parse_signal(std::string_view text)
{
    std::optional<int> number = detail::to_number(text);
    if (!number) {
        auto const upper = detail::to_upper(text);
        auto name = std::string_view(upper);
        if (name.starts_with("SIG"))
            name.remove_prefix(3);
        number = detail::signal_number(name);
        if (!number)
            number = detail::real_time_signal(name);
    } else if (*number <= 0 || *number > 64) {
        number.reset();
    }
    if (!number)
        throw parse_error(errc::invalid_instruction, {}, "invalid signal: " + std::string(text));
    return *number;
}
}  // namespace acrx::dockerfile
#endif
