// Bodies of server/runner_metrics.hpp.
#ifndef ACRX_SERVER_IMPL_RUNNER_METRICS_IPP
#define ACRX_SERVER_IMPL_RUNNER_METRICS_IPP
#include <acrx/server/runner_metrics.hpp>

#include <array>
#include <charconv>

namespace acrx {
namespace detail {
inline std::string label_text(runner_metrics::labels const& which)
{
    std::string text;
    for (auto const& [name, value] : which) {
        text += (text.empty() ? "{" : ",") + name + "=\"";
        for (char const c : value)
            text += c == '\n' ? std::string("\\n") : c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        text += '"';
    }
    return text.empty() ? text : text + "}";
}

inline std::string number_text(double value)
{
    std::array<char, 32> digits;
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}
}  // namespace detail

inline runner_metrics::family& runner_metrics::family_of(std::string const& name, std::string_view help, bool is_counter)
{
    auto& found = families_[name];
    if (found.help.empty()) {
        found.help = std::string(help);
        found.is_counter = is_counter;
    }
    return found;
}

ACRX_DECL void runner_metrics::count(std::string const& name, std::string_view help, labels const& which, double by)
{
    family_of(name, help, true).values[detail::label_text(which)] += by;
}

ACRX_DECL void runner_metrics::set(std::string const& name, std::string_view help, double value, labels const& which)
{
    family_of(name, help, false).values[detail::label_text(which)] = value;
}

ACRX_DECL std::string runner_metrics::text() const
{
    std::string text;
    for (auto const& [name, each] : families_) {
        text += "# HELP " + name + " " + each.help + "\n# TYPE " + name + (each.is_counter ? " counter\n" : " gauge\n");
        for (auto const& [which, value] : each.values)
            text += name + which + " " + detail::number_text(value) + "\n";
    }
    return text;
}
}  // namespace acrx
#endif
