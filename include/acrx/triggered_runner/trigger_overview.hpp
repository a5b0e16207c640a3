// What starts which task next: base images and the ticks of timers.
#ifndef ACRX_TRIGGERED_RUNNER_TRIGGER_OVERVIEW_HPP
#define ACRX_TRIGGERED_RUNNER_TRIGGER_OVERVIEW_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/triggered_runner/base_image_book.hpp>
#include <acrx/triggered_runner/task_table.hpp>

#include <string>
#include <vector>

namespace acrx {
/// A timer that is enabled, and when it fires next.
struct next_tick
{
    std::string task = {};
    std::string timer = {};
    std::string schedule = {};
    time_point at{};

    bool operator==(next_tick const&) const = default;
};

/// What starts which task.
struct trigger_overview
{
    std::vector<watched_image> images = {};  ///< by name
    std::vector<next_tick> ticks = {};       ///< the next one first
};

/// Looks at enabled tasks and triggers alone.
ACRX_DECL trigger_overview look_at_triggers(task_table const& tasks, base_image_book const& book, time_point now);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/triggered_runner/impl/trigger_overview.ipp>
#endif
#endif
