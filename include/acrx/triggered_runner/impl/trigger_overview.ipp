// Bodies of triggered_runner/trigger_overview.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_TRIGGER_OVERVIEW_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_TRIGGER_OVERVIEW_IPP
#include <acrx/trigger/cron_schedule.hpp>
#include <acrx/triggered_runner/trigger_overview.hpp>

#include <algorithm>
#include <tuple>

namespace acrx {
namespace detail {
/// The book knows tasks in small letters; people gave them others.
inline void restore_names(std::vector<std::string>& names, task_table const& tasks)
{
    for (auto& name : names)
        if (auto const task = tasks.find(name))
            name = task->name;
}
}  // namespace detail

ACRX_DECL trigger_overview look_at_triggers(task_table const& tasks, base_image_book const& book, time_point now)
{
    trigger_overview overview{.images = book.images()};
    for (auto const& [name, task] : tasks.all())
        for (auto const& timer : task->triggers.timers)
            if (task->is_enabled && timer.is_enabled)
                if (auto const at = parse_cron(timer.schedule).next(now))
                    overview.ticks.push_back({task->name, timer.name, timer.schedule, *at});
    for (auto& image : overview.images) {
        detail::restore_names(image.tasks, tasks);
        detail::restore_names(image.makers, tasks);
    }
    std::ranges::sort(overview.ticks, {}, [](next_tick const& t) { return std::tie(t.at, t.task, t.timer); });
    return overview;
}
}  // namespace acrx
#endif
