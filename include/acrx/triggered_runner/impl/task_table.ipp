// Bodies of triggered_runner/task_table.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_TASK_TABLE_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_TASK_TABLE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/trigger/repository_url.hpp>
#include <acrx/triggered_runner/task_table.hpp>

#include <utility>

namespace acrx {
ACRX_DECL task_table::task_table(std::vector<task_definition> tasks)
{
    for (auto& task : tasks)
        put(std::make_shared<task_definition const>(std::move(task)));
}

ACRX_DECL void task_table::put(known_task task)
{
    erase(task->name);
    auto const name = ascii_lower(task->name);
    for (auto const& source : task->triggers.sources)
        names_[repository_key(source.filter.repository_url)].insert(name);
    tasks_[name] = std::move(task);
}

ACRX_DECL void task_table::erase(std::string_view name)
{
    auto const place = tasks_.find(ascii_lower(name));
    if (place == tasks_.end())
        return;
    for (auto const& source : place->second->triggers.sources)
        if (auto const names = names_.find(repository_key(source.filter.repository_url)); names != names_.end()) {
            names->second.erase(place->first);
            if (names->second.empty())
                names_.erase(names);
        }
    tasks_.erase(place);
}

ACRX_DECL known_task task_table::find(std::string_view name) const
{
    auto const place = tasks_.find(ascii_lower(name));
    return place == tasks_.end() ? nullptr : place->second;
}

ACRX_DECL std::vector<known_task> task_table::on_repository(std::string_view url) const
{
    std::vector<known_task> tasks;
    auto const key = repository_key(url);
    if (auto const names = names_.find(key); !key.empty() && names != names_.end())
        for (auto const& name : names->second)
            tasks.push_back(tasks_.at(name));
    return tasks;
}
}  // namespace acrx
#endif
