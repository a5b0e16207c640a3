// Bodies of server/runner_metrics.hpp.
#ifndef ACRX_SERVER_IMPL_RUNNER_METRICS_IPP
#define ACRX_SERVER_IMPL_RUNNER_METRICS_IPP
#include <acrx/server/runner_metrics.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

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

inline runner_metrics::family& runner_metrics::family_of(std::string const& name, std::string_view help, std::string_view type)
{
    auto& found = families_[name];
    if (found.type.empty()) {
        found.help = std::string(help);
        found.type = std::string(type);
    }
    return found;
}

ACRX_DECL void runner_metrics::count(std::string const& name, std::string_view help, labels const& which, double by)
{
    family_of(name, help, "counter").values[detail::label_text(which)] += by;
}

ACRX_DECL void runner_metrics::set(std::string const& name, std::string_view help, double value, labels const& which)
{
    family_of(name, help, "gauge").values[detail::label_text(which)] = value;
}

ACRX_DECL void runner_metrics::observe(std::string const& name, std::string_view help, bucket_bounds bounds, double value, labels const& which)
{
    auto& all = family_of(name, help, "histogram");
    if (all.bounds.empty())
        all.bounds.assign(bounds.begin(), bounds.end());
    auto& one = all.histograms[detail::label_text(which)];
    one.which = which;
    one.counts.resize(all.bounds.size() + 1);
    auto const bucket = std::ranges::lower_bound(all.bounds, value) - all.bounds.begin();
    ++one.counts[static_cast<std::size_t>(bucket)];
    one.sum += value;
}

inline std::string runner_metrics::text_of(std::string const& name, family const& each, histogram const& one)
{
    std::string text;
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < one.counts.size(); ++i) {
        auto which = one.which;
        which.emplace_back("le", i < each.bounds.size() ? detail::number_text(each.bounds[i]) : "+Inf");
        count += one.counts[i];
        text += name + "_bucket" + detail::label_text(which) + " " + std::to_string(count) + "\n";
    }
    text += name + "_sum" + detail::label_text(one.which) + " " + detail::number_text(one.sum) + "\n";
    text += name + "_count" + detail::label_text(one.which) + " " + std::to_string(count) + "\n";
    return text;
}

ACRX_DECL std::string runner_metrics::text() const
{
    std::string text;
    for (auto const& [name, each] : families_) {
        text += "# HELP " + name + " " + each.help + "\n# TYPE " + name + " " + each.type + "\n";
        for (auto const& [which, value] : each.values)
            text += name + which + " " + detail::number_text(value) + "\n";
        for (auto const& [which, one] : each.histograms)
            text += text_of(name, each, one);
    }
    return text;
}
}  // namespace acrx
#endif
