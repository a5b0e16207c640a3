// Bodies of cli/task_record.hpp.
#ifndef ACRX_CLI_IMPL_TASK_RECORD_IPP
#define ACRX_CLI_IMPL_TASK_RECORD_IPP
#include <acrx/cli/detail/record_members.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/task_record.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace acrx::cli {
namespace detail {
inline boost::json::object step_member(step_report const& step)
{
    boost::json::object member;
    member["id"] = step.id;
    member["type"] = to_string(step.kind);
    member["status"] = to_string(step.status);
    member["startTime"] = time_member(step.started);
    member["finishTime"] = time_member(step.ended);
    member["attempts"] = step.attempts;
    if (!step.error.empty())
        member["error"] = step.error;
    return member;
}

inline std::string duration_of(step_report const& step)
{
    return step.started && step.ended ? to_duration_text(*step.ended - *step.started) : "";
}
}  // namespace detail

ACRX_DECL std::string to_json_text(task_record const& record)
{
    boost::json::array steps;
    for (auto const& step : record.result.steps)
        steps.emplace_back(detail::step_member(step));
    boost::json::array images;
    for (auto const& name : record.result.pushed)
        images.emplace_back(detail::image_member(name, name.digest));
    boost::json::object json;
    json["runId"] = record.id;
    json["status"] = to_string(record.status);
    json["runType"] = "QuickRun";
    json["createTime"] = to_rfc3339(record.created);
    json["finishTime"] = detail::time_member(record.finished);
    json["platform"] = boost::json::object{{"os", record.platform.os}, {"architecture", record.platform.architecture}};
    json["steps"] = std::move(steps);
    json["outputImages"] = std::move(images);
    json["dependencies"] = boost::json::parse(to_json(record.result.dependencies));
    if (!record.result.commit.empty())
        json["commit"] = record.result.commit;
    if (!record.error.empty())
        json["error"] = record.error;
    return pretty_json(json);
}

ACRX_DECL std::string to_table(task_record const& record)
{
    std::vector<std::vector<std::string>> lines{{"STEP", "TYPE", "STATUS", "DURATION", "ATTEMPTS"}};
    for (auto const& step : record.result.steps)
        lines.push_back({step.id, std::string(to_string(step.kind)), std::string(to_string(step.status)),
                         detail::duration_of(step), std::to_string(step.attempts)});
    return detail::text_table(lines);
}
}  // namespace acrx::cli
#endif
