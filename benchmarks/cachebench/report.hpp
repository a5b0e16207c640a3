// A comparison as text: CSV, JSON, and a table for people.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_REPORT_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_REPORT_HPP

#include <cachebench/comparison.hpp>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace acrx::cachebench {
inline std::vector<std::pair<std::string, std::string>> fields_of(comparison_row const& row)
{
    auto const number = [](double value) {
        char text[40];
        std::snprintf(text, sizeof text, "%.6g", value);
        return std::string(text);
    };
    return {{"budgetBytes", std::to_string(row.budget)},
            {"requests", std::to_string(row.requests)},
            {"hitRatio", number(row.hit_ratio)},
            {"byteHitRatio", number(row.byte_hit_ratio)},
            {"savedRatio", number(row.saved_ratio)},
            {"savedRatioError", number(row.saved_error)},
            {"savedSeconds", number(row.saved_seconds)},
            {"rebuildSeconds", number(row.rebuild_seconds)},
            {"movedBytes", number(row.moved_bytes)},
            {"regret", number(row.regret)}};
}

/// Policies may have commas in their names: those are quoted.
inline std::string to_csv(std::vector<comparison_row> const& rows)
{
    std::string text = "key,policy";
    for (auto const& [name, value] : fields_of({}))
        text += "," + name;
    text += '\n';
    for (auto const& row : rows) {
        bool const quote = row.policy.find(',') != std::string::npos;
        text += row.key + "," + (quote ? '"' + row.policy + '"' : row.policy);
        for (auto const& [name, value] : fields_of(row))
            text += "," + value;
        text += '\n';
    }
    return text;
}

inline std::string to_json(std::vector<comparison_row> const& rows)
{
    std::string text = "[";
    for (auto const& row : rows) {
        text += (text.size() > 1 ? ",\n " : "\n ") + std::string("{\"key\": \"") + row.key + "\", \"policy\": \"" + row.policy + '"';
        for (auto const& [name, value] : fields_of(row))
            text += ", \"" + name + "\": " + value;
        text += "}";
    }
    return text + "\n]\n";
}

inline std::string to_size_text(double bytes)
{
    char const* unit = "B";
    for (auto const* next : {"kB", "MB", "GB", "TB"})
        if (bytes >= 1000) {
            bytes /= 1000;
            unit = next;
        }
    char text[40];
    std::snprintf(text, sizeof text, bytes < 10 ? "%.1f %s" : "%.0f %s", bytes, unit);
    return text;
}

inline std::string to_table(std::vector<comparison_row> const& rows)
{
    std::string text = "key      policy                    budget     hits  byte hits  seconds saved     regret      moved\n";
    for (auto const& row : rows) {
        char line[200];
        std::snprintf(line, sizeof line, "%-8s %-22s %9s  %6.1f%%    %6.1f%%  %6.1f%% \302\261 %4.1f%%    %6.1f%%  %9s\n", row.key.c_str(),
                      row.policy.c_str(), to_size_text(static_cast<double>(row.budget)).c_str(), 100 * row.hit_ratio,
                      100 * row.byte_hit_ratio, 100 * row.saved_ratio, 100 * row.saved_error, 100 * row.regret,
                      to_size_text(row.moved_bytes).c_str());
        text += line;
    }
    return text;
}
}  // namespace acrx::cachebench
#endif
