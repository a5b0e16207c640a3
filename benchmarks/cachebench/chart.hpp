// A comparison as a drawing: rebuild time over cache size, a curve for each policy.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_CHART_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_CHART_HPP

#include <cachebench/comparison.hpp>
#include <cachebench/report.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::cachebench {
/// Draws one key policy's rows; the sizes are on a logarithmic scale.
class rebuild_chart
{
public:
    explicit rebuild_chart(std::vector<comparison_row> const& rows)
    {
        for (auto const& row : rows) {
            auto const name = row.key == rows.front().key ? row.policy : row.key + ": " + row.policy;
            if (curves_.find(name) == curves_.end())
                order_.push_back(name);
            curves_[name].push_back(row);
            least_ = std::min(least_, static_cast<double>(row.budget));
            most_ = std::max(most_, static_cast<double>(row.budget));
            longest_ = std::max(longest_, row.rebuild_seconds);
        }
    }

    /// An SVG document with no outer dependencies.
    std::string svg() const
    {
        std::string text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 420\" font-family=\"sans-serif\" "
                           "font-size=\"12\">\n<rect width=\"800\" height=\"420\" fill=\"white\"/>\n";
        text += label(310, 412, "middle", "cache size (bytes of layers)");
        text += label(left, 18, "start", "rebuild time (hours); lower is better");
        text += grid();
        for (std::size_t i = 0; i < order_.size(); ++i)
            text += curve(order_[i], i);
        return text + "</svg>\n";
    }

private:
    static constexpr double left = 60;
    static constexpr double right = 570;
    static constexpr double top = 30;
    static constexpr double bottom = 370;

    double x_of(double bytes) const
    {
        auto const width = std::log(most_) - std::log(least_);
        return width > 0 ? left + (std::log(bytes) - std::log(least_)) / width * (right - left) : (left + right) / 2;
    }
    double y_of(double seconds) const { return bottom - (longest_ > 0 ? seconds / longest_ : 0) * (bottom - top); }

    static std::string escaped(std::string_view text)
    {
        std::string safe;
        for (char const c : text)
            safe += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
        return safe;
    }
    static std::string label(double x, double y, char const* anchor, std::string const& text)
    {
        char place[100];
        std::snprintf(place, sizeof place, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
        return place + escaped(text) + "</text>\n";
    }
    static std::string line(double x1, double y1, double x2, double y2)
    {
        char text[160];
        std::snprintf(text, sizeof text, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n", x1, y1, x2, y2);
        return text;
    }

    std::string grid() const
    {
        std::string text;
        for (int i = 0; i <= 4; ++i) {
            auto const seconds = longest_ * i / 4;
            char hours[40];
            std::snprintf(hours, sizeof hours, seconds < 360'000 ? "%.3g" : "%.0f", seconds / 3600);
            text += line(left, y_of(seconds), right, y_of(seconds)) + label(left - 6, y_of(seconds) + 4, "end", hours);
        }
        for (auto const& row : curves_.at(order_.front())) {
            auto const x = x_of(static_cast<double>(row.budget));
            text += line(x, top, x, bottom) + label(x, bottom + 16, "middle", to_size_text(static_cast<double>(row.budget)));
        }
        return text;
    }

    std::string curve(std::string const& name, std::size_t index) const
    {
        static constexpr std::array<char const*, 10> colours{"#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd",
                                                             "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"};
        auto const* colour = colours[index % colours.size()];
        bool const is_offline = name == "belady" || name == "bound";
        std::string points;
        for (auto const& row : curves_.at(name)) {
            char point[60];
            std::snprintf(point, sizeof point, "%.1f,%.1f ", x_of(static_cast<double>(row.budget)), y_of(row.rebuild_seconds));
            points += point;
        }
        auto const dash = std::string(is_offline ? " stroke-dasharray=\"5 4\"" : "");
        auto const y = top + 18 * static_cast<double>(index);
        char sample[200];
        std::snprintf(sample, sizeof sample, "<line x1=\"590\" y1=\"%.1f\" x2=\"615\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"2\"%s/>\n", y, y,
                      colour, dash.c_str());
        return "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + std::string(colour) + "\"" + dash + " points=\"" + points
               + "\"/>\n" + sample + label(622, y + 4, "start", name);
    }

    std::map<std::string, std::vector<comparison_row>> curves_;
    std::vector<std::string> order_;
    double least_ = 1e300;
    double most_ = 0;
    double longest_ = 0;
};
}  // namespace acrx::cachebench
#endif
