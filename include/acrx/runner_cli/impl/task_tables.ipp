// Bodies of runner_cli/detail/task_tables.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_TASK_TABLES_IPP
#define ACRX_RUNNER_CLI_IMPL_TASK_TABLES_IPP
#include <acrx/cli/error_text.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/detail/task_document.hpp>
#include <acrx/runner_cli/detail/task_tables.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace acrx::cli::detail {
ACRX_DECL std::string to_table(std::vector<std::string> const& heads, std::vector<std::vector<std::string>> const& rows)
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        widths.push_back(heads[i].size());
        for (auto const& row : rows)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    auto const add_line = [&](auto const& cell) {
        std::string line;
        for (std::size_t i = 0; i < heads.size(); ++i) {
            auto const word = cell(i);
            line += word + std::string(widths[i] - word.size() + 2, ' ');
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    };
    add_line([&](std::size_t i) { return heads[i]; });
    add_line([&](std::size_t i) { return std::string(widths[i], '-'); });
    for (auto const& row : rows)
        add_line([&](std::size_t i) { return row[i]; });
    return text;
}

inline bool is_enabled(json::value const& trigger)
{
    return text_at(trigger, "/status") != "Disabled";
}

/// The kinds of trigger that may fire, in az's order.
inline std::string triggers_of(json::value const& task)
{
    auto const any = [&](std::string_view pointer) {
        auto const list = list_at(task, pointer);
        return std::any_of(list.begin(), list.end(), [](json::value const& each) { return is_enabled(each); });
    };
    std::string text;
    auto const add = [&](std::string_view word) { text += (text.empty() ? "" : ", ") + std::string(word); };
    json::error_code missing;
    if (auto const* base = task.find_pointer("/properties/trigger/baseImageTrigger", missing); base && is_enabled(*base))
        add("BASE_IMAGE");
    if (any("/properties/trigger/sourceTriggers"))
        add("SOURCE");
    if (any("/properties/trigger/timerTriggers"))
        add("TIMER");
    return text;
}

inline std::vector<std::string> task_row(json::value const& task)
{
    auto const sources = list_at(task, "/properties/trigger/sourceTriggers");
    return {text_at(task, "/name"), text_at(task, "/properties/platform/os"), text_at(task, "/properties/status"),
            sources.empty() ? std::string() : text_at(sources[0], "/sourceRepository/repositoryUrl"), triggers_of(task)};
}

inline std::string trigger_of_run(json::value const& run)
{
    json::error_code missing;
    if (auto const source = text_at(run, "/properties/sourceTrigger/eventType"); !source.empty())
        return source;
    if (run.find_pointer("/properties/timerTrigger", missing))
        return "Timer";
    if (run.find_pointer("/properties/imageUpdateTrigger", missing))
        return "Image Update";
    return "Manual";
}

/// `HH:MM:SS` from a start to an end, or to now.
inline std::string duration_of(std::string const& start, std::string const& end)
{
    if (start.empty())
        return {};
    auto const last = end.empty() ? system_clock().now() : parse_rfc3339(end);
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(last - parse_rfc3339(start)).count();
    auto const two = [](long n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

inline std::vector<std::string> run_row(json::value const& run)
{
    auto const start = text_at(run, "/properties/startTime");
    auto const shown = start.empty() ? start : to_rfc3339(std::chrono::floor<std::chrono::seconds>(parse_rfc3339(start)));
    return {text_at(run, "/properties/runId"), text_at(run, "/properties/task"), text_at(run, "/properties/platform/os"),
            text_at(run, "/properties/status"), trigger_of_run(run), shown,
            duration_of(start, text_at(run, "/properties/finishTime"))};
}

inline std::vector<std::string> named_run_row(json::value const& named)
{
    json::error_code missing;
    auto const* result = named.find_pointer("/properties/runResult", missing);
    auto const run = run_row(result ? *result : json::value());
    return {text_at(named, "/name"), run[0], run[1], run[2], run[3], run[5], run[6]};
}

inline std::string number_at(json::value const& from, std::string_view pointer)
{
    json::error_code missing;
    auto const* found = from.find_pointer(pointer, missing);
    return found && found->is_number() ? std::to_string(found->to_number<std::int64_t>()) : std::string();
}

inline std::vector<std::string> pool_row(json::value const& pool)
{
    return {text_at(pool, "/name"), number_at(pool, "/properties/count"), text_at(pool, "/properties/tier"),
            text_at(pool, "/properties/provisioningState"), text_at(pool, "/properties/virtualNetworkSubnetResourceId"),
            text_at(pool, "/properties/os")};
}

ACRX_DECL std::string table_of(std::string_view kind, json::array const& items)
{
    struct form
    {
        std::string_view kind;
        std::vector<std::string> heads;
        std::vector<std::string> (*row)(json::value const&);
    };
    static std::vector<form> const forms{
        {"task", {"NAME", "PLATFORM", "STATUS", "SOURCE REPOSITORY", "TRIGGERS"}, task_row},
        {"run", {"RUN ID", "TASK", "PLATFORM", "STATUS", "TRIGGER", "STARTED", "DURATION"}, run_row},
        {"taskrun", {"NAME", "RUN ID", "TASK", "PLATFORM", "STATUS", "STARTED", "DURATION"}, named_run_row},
        {"timer", {"NAME", "SCHEDULE", "STATUS"},
         [](json::value const& t) { return std::vector{text_at(t, "/name"), text_at(t, "/schedule"), text_at(t, "/status")}; }},
        {"agentpool", {"NAME", "COUNT", "TIER", "STATE", "VNET", "OS"}, pool_row},
        {"queue", {"COUNT"}, [](json::value const& queue) { return std::vector{number_at(queue, "/count")}; }},
        {"credential", {"LOGIN SERVER", "USERNAME", "IDENTITY"},
         [](json::value const& c) { return std::vector{text_at(c, "/loginServer"), text_at(c, "/userName/value"), text_at(c, "/identity")}; }},
        {"identity", {"PRINCIPAL ID", "TENANT ID", "TYPE", "USER ASSIGNED IDENTITIES"},
         [](json::value const& i) {
             std::string users;
             json::error_code missing;
             if (auto const* all = i.find_pointer("/userAssignedIdentities", missing); all && all->is_object())
                 for (auto const& [id, user] : all->get_object())
                     users += (users.empty() ? "" : ", ") + std::string(id);
             return std::vector{text_at(i, "/principalId"), text_at(i, "/tenantId"), text_at(i, "/type"), users};
         }},
    };
    for (auto const& each : forms) {
        if (each.kind != kind)
            continue;
        std::vector<std::vector<std::string>> rows;
        for (auto const& item : items) {
            rows.push_back(each.row(item));
            for (auto& cell : rows.back())
                cell = printable(cell);
        }
        return to_table(each.heads, rows);
    }
    return {};
}
}  // namespace acrx::cli::detail
#endif
