// The stored tasks at hand: by name, and by the repositories that their triggers look at.
#ifndef ACRX_TRIGGERED_RUNNER_TASK_TABLE_HPP
#define ACRX_TRIGGERED_RUNNER_TASK_TABLE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/task_definition.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// A stored task as it was at some moment; an edit makes another one.
using known_task = std::shared_ptr<task_definition const>;

/// Tasks; names count in any case of letters. An edit costs O(log tasks).
/// @par Thread safety
/// Not for several threads at once.
class task_table
{
public:
    task_table() = default;
    ACRX_DECL explicit task_table(std::vector<task_definition> tasks);

    /// Adds a task or replaces the one of its name.
    ACRX_DECL void put(known_task task);
    ACRX_DECL void erase(std::string_view name);

    /// Nothing if there is none.
    ACRX_DECL known_task find(std::string_view name) const;
    /// The tasks with a source trigger on the repository, by name.
    ACRX_DECL std::vector<known_task> on_repository(std::string_view url) const;
    /// By name in small letters.
    std::map<std::string, known_task> const& all() const noexcept { return tasks_; }

private:
    std::map<std::string, known_task> tasks_;
    std::map<std::string, std::set<std::string>> names_;  ///< by key of repository
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/triggered_runner/impl/task_table.ipp>
#endif
#endif
