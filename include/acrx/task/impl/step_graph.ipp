// Bodies of task/step_graph.hpp.
#ifndef ACRX_TASK_IMPL_STEP_GRAPH_IPP
#define ACRX_TASK_IMPL_STEP_GRAPH_IPP
#include <acrx/dockerfile/wording.hpp>
#include <acrx/task/step_graph.hpp>
#include <acrx/task/task_error.hpp>

#include <algorithm>
#include <functional>

namespace acrx {
namespace detail {
/// Says what is wrong with one `when`.
class when_critic
{
public:
    when_critic(std::vector<task_step> const& steps, std::string const& file) : steps_(steps), file_(file) {}

    [[noreturn]] void refuse(task_step const& step, std::string const& what, std::string advice = {}) const
    {
        throw task_error(errc::invalid_argument, file_, step.where, what, std::move(advice));
    }

    /// @param wanted  an id that no step above `step` has
    [[noreturn]] void refuse_unknown(task_step const& step, std::string const& wanted) const
    {
        auto const text = wanted + " does not exist as a vertex [from: " + wanted + ", to: " + step.id + "]";
        auto const later = std::find_if(steps_.begin(), steps_.end(), [&](auto const& s) { return s.id == wanted; });
        if (later == steps_.end())
            refuse(step, text, suggestion(step, wanted));
        if (auto const cycle = path(*later, step.id); !cycle.empty())
            refuse(step, text + ": the steps wait for each other: " + step.id + cycle,
                   "Remove one of these from 'when'.");
        refuse(step, text, "Step '" + wanted + "' stands below: move it above step '" + step.id + "'.");
    }

private:
    std::string suggestion(task_step const& step, std::string const& wanted) const
    {
        std::vector<std::string_view> ids;
        for (auto const& s : steps_)
            if (s.id != step.id)
                ids.push_back(s.id);
        auto const near = dockerfile::closest(wanted, ids);
        return near.empty() ? "'when' must name ids of steps above, or be [\"-\"]." : "Did you mean '" + near + "'?";
    }

    /// ` -> from -> ... -> to`, following `when`; empty if `from` does not wait for `to`.
    std::string path(task_step const& from, std::string const& to) const
    {
        std::map<std::string_view, task_step const*> by_id;
        for (auto const& s : steps_)
            by_id.emplace(s.id, &s);
        std::map<task_step const*, task_step const*> came_from{{&from, nullptr}};
        std::vector<task_step const*> pending{&from};
        for (std::size_t i = 0; i < pending.size(); ++i) {
            for (auto const& id : waits_for(*pending[i])) {
                auto const next = by_id.find(id);
                if (next == by_id.end() || !came_from.emplace(next->second, pending[i]).second)
                    continue;
                if (id == to)
                    return trace(next->second, came_from);
                pending.push_back(next->second);
            }
        }
        return {};
    }

    std::vector<std::string_view> waits_for(task_step const& step) const
    {
        if (!step.when.empty())
            return {step.when.begin(), step.when.end()};
        if (&step == &steps_.front())
            return {};
        return {(&step - 1)->id};
    }

    static std::string trace(task_step const* last, std::map<task_step const*, task_step const*> const& came_from)
    {
        std::string text;
        for (auto const* at = last; at != nullptr; at = came_from.at(at))
            text = " -> " + at->id + text;
        return text;
    }

    std::vector<task_step> const& steps_;
    std::string const& file_;
};
}  // namespace detail

ACRX_DECL step_graph::step_graph(std::vector<task_step> const& steps, std::string const& file)
{
    detail::when_critic const critic(steps, file);
    for (auto const& step : steps) {
        auto const self = nodes_.size();
        if (step.id.empty())
            critic.refuse(step, "missing step ID");
        if (step.id == "acb_root")
            critic.refuse(step, "acb_root is a reserved ID, it can't be used");
        if (!index_.emplace(step.id, self).second)
            critic.refuse(step, step.id + " already exists as a vertex",
                          "Two steps have this id; steps without one are called acb_step_0, acb_step_1 and so on.");
        node made{.id = step.id, .kind = step.kind, .after = {}, .before = {}};
        if (step.when.empty() && self > 0)
            made.after.push_back(self - 1);
        bool const at_once = std::find(step.when.begin(), step.when.end(), "-") != step.when.end();
        if (at_once && std::any_of(step.when.begin(), step.when.end(), [](auto const& id) { return id != "-"; }))
            critic.refuse(step,
                          "step '" + step.id
                              + "': step cannot contain other IDs in when if the immediate execution token "
                                "is specified",
                          "Write [\"-\"] alone to start at once, or only the ids to wait for.");
        for (auto const& wanted : step.when) {
            if (wanted == "-")
                break;
            if (wanted == step.id)
                critic.refuse(step, "Step ID: " + step.id + " is self-referenced", "Remove it from its own 'when'.");
            auto const known = index_.find(wanted);
            if (known == index_.end())
                critic.refuse_unknown(step, wanted);
            if (std::find(made.after.begin(), made.after.end(), known->second) == made.after.end())
                made.after.push_back(known->second);
        }
        for (auto const other : made.after)
            nodes_[other].before.push_back(self);
        nodes_.push_back(std::move(made));
    }
}

ACRX_DECL std::optional<std::size_t> step_graph::find(std::string_view id) const
{
    auto const found = index_.find(id);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
}

ACRX_DECL std::string to_text(step_graph const& graph)
{
    std::size_t width = 0;
    for (auto const& node : graph.nodes())
        width = std::max(width, node.id.size());
    std::string text;
    for (auto const& node : graph.nodes()) {
        auto const kind = to_string(node.kind);
        text += node.id + std::string(width - node.id.size() + 2, ' ') + std::string(kind)
                + std::string(7 - kind.size(), ' ');
        for (auto const other : node.after)
            text += (other == node.after.front() ? "after " : ", ") + graph[other].id;
        text += node.after.empty() ? "at once\n" : "\n";
    }
    return text;
}

ACRX_DECL std::string to_dot(step_graph const& graph)
{
    auto const quoted = [](std::string_view text) {
        std::string result = "\"";
        for (char const c : text)
            (c == '"' || c == '\\' ? result += '\\' : result) += c;
        return result + '"';
    };
    std::string text = "digraph task {\n  rankdir=LR;\n  node [shape=box];\n";
    for (auto const& node : graph.nodes())
        text += "  " + quoted(node.id) + " [tooltip=" + quoted(to_string(node.kind)) + "];\n";
    for (auto const& node : graph.nodes())
        for (auto const other : node.after)
            text += "  " + quoted(graph[other].id) + " -> " + quoted(node.id) + ";\n";
    return text + "}\n";
}
}  // namespace acrx
#endif
