// Which steps of a task wait for which.
#ifndef ACRX_TASK_STEP_GRAPH_HPP
#define ACRX_TASK_STEP_GRAPH_HPP

#include <acrx/core/config.hpp>
#include <acrx/task/task_step.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// The graph of the steps, by their index in the task; it has no cycle, and no step waits for a later one.
///
/// A step without `when` waits for the step before it; one with `-` waits for none.
class step_graph
{
public:
    /// One step.
    struct node
    {
        std::string id;
        step_kind kind = step_kind::cmd;
        std::vector<std::size_t> after;   ///< the steps it waits for, in the order of `when`
        std::vector<std::size_t> before;  ///< the steps that wait for it, rising
    };

    step_graph() = default;
    /// Costs O(steps and what they name, log steps each).
    /// @param steps  finished (see `finish_task`)
    /// @param file   of the task, for messages
    /// @throws task_error (`errc::invalid_argument`) for ids that are missing, reserved or there twice, and for a
    ///         `when` that names no step above, itself, a cycle, or `-` and others
    ACRX_DECL explicit step_graph(std::vector<task_step> const& steps, std::string const& file = {});

    std::vector<node> const& nodes() const noexcept { return nodes_; }
    std::size_t size() const noexcept { return nodes_.size(); }
    node const& operator[](std::size_t step) const noexcept { return nodes_[step]; }
    /// The index of a step.
    ACRX_DECL std::optional<std::size_t> find(std::string_view id) const;

private:
    std::vector<node> nodes_;
    std::map<std::string, std::size_t, std::less<>> index_;
};

/// A table of one line a step: `web  cmd  after build, test`.
ACRX_DECL std::string to_text(step_graph const& graph);
/// The graph in the language of Graphviz.
ACRX_DECL std::string to_dot(step_graph const& graph);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/step_graph.ipp>
#endif
#endif
