// Bodies of triggered_runner/trigger_overview.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_TRIGGER_OVERVIEW_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_TRIGGER_OVERVIEW_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/trigger/cron_schedule.hpp>
#include <acrx/triggered_runner/trigger_overview.hpp>

#include <algorithm>
#include <map>
#include <tuple>

namespace acrx {
namespace detail {
/// The book knows tasks in small letters; people gave them others.
inline void restore_names(std::vector<std::string>& names, std::map<std::string, std::string> const& given)
{
    for (auto& name : names)
        if (auto const found = given.find(name); found != given.end())
            name = found->second;
}
}  // namespace detail

ACRX_DECL trigger_overview look_at_triggers(std::vector<task_definition> const& tasks, base_image_book const& book,
                                            time_point now)
{
    trigger_overview overview{.images = book.images()};
    std::map<std::string, std::string> given;
    for (auto const& task : tasks) {
        given[ascii_lower(task.name)] = task.name;
        for (auto const& timer : task.triggers.timers)
            if (task.is_enabled && timer.is_enabled)
                if (auto const at = parse_cron(timer.schedule).next(now))
                    overview.ticks.push_back({task.name, timer.name, timer.schedule, *at});
    }
    for (auto& image : overview.images) {
        detail::restore_names(image.tasks, given);
        detail::restore_names(image.makers, given);
    }
    std::ranges::sort(overview.ticks, {}, [](next_tick const& t) { return std::tie(t.at, t.task, t.timer); });
    return overview;
}
}  // namespace acrx
#endif
