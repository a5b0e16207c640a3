// Bodies of run/run_steps.hpp.
#ifndef ACRX_RUN_IMPL_RUN_STEPS_IPP
#define ACRX_RUN_IMPL_RUN_STEPS_IPP
#include <acrx/image/json_reader.hpp>
#include <acrx/run/run_steps.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>
#include <variant>

namespace acrx {
namespace detail {
inline std::vector<tracked_step> planned_steps(step_graph const& graph)
{
    std::vector<tracked_step> steps;
    for (auto const& node : graph.nodes()) {
        auto& step = steps.emplace_back();
        step.id = node.id;
        step.kind = node.kind;
        for (auto const before : node.after)
            step.when.push_back(graph[before].id);
    }
    return steps;
}

inline boost::json::object step_object(tracked_step const& step)
{
    boost::json::object made;
    made["id"] = to_json_string(step.id);
    made["kind"] = to_string(step.kind);
    boost::json::array when;
    for (auto const& id : step.when)
        when.push_back(to_json_string(id));
    made["when"] = std::move(when);
    made["status"] = to_string(step.status);
    if (step.attempt > 1)
        made["attempt"] = step.attempt;
    if (step.started)
        made["startTime"] = to_rfc3339(*step.started);
    if (step.finished)
        made["finishTime"] = to_rfc3339(*step.finished);
    if (!step.error.empty())
        made["error"] = to_json_string(step.error);
    return made;
}
}  // namespace detail

ACRX_DECL bool run_steps::take(task_event const& event, time_point now)
{
    if (auto const* planned = std::get_if<task_planned>(&event)) {
        steps_ = detail::planned_steps(planned->graph);
        return true;
    }
    if (auto const* began = std::get_if<step_began>(&event)) {
        auto& step = steps_.at(began->step);
        step.status = step_status::in_progress;
        step.attempt = began->attempt;
        if (!step.started)
            step.started = now;
        return true;
    }
    if (auto const* ended = std::get_if<step_ended>(&event)) {
        auto& step = steps_.at(ended->step);
        step.status = ended->status;
        step.error = ended->error;
        step.finished = now;
        return true;
    }
    return false;
}

ACRX_DECL std::string to_json(std::span<tracked_step const> steps)
{
    boost::json::array list;
    for (auto const& step : steps)
        list.push_back(detail::step_object(step));
    return boost::json::serialize(list);
}
}  // namespace acrx
#endif
