// A stored task: one step, its triggers, and what its runs get.
#ifndef ACRX_RUN_TASK_DEFINITION_HPP
#define ACRX_RUN_TASK_DEFINITION_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/run/step_definition.hpp>
#include <acrx/run/task_identity.hpp>
#include <acrx/trigger/base_image_watch.hpp>
#include <acrx/trigger/event_filter.hpp>
#include <acrx/trigger/webhook.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Starts a run at each instant of a schedule.
struct timer_trigger
{
    std::string name = {};
    std::string schedule = {};  ///< as `parse_cron` reads it
    bool is_enabled = true;

    bool operator==(timer_trigger const&) const = default;
};

/// Starts a run for commits and pull requests of a git repository.
struct source_trigger
{
    std::string name = "defaultSourceTriggerName";
    bool is_enabled = true;
    git_host host = git_host::automatic;
    event_filter filter = {};            ///< its URL names the repository
    bool is_polled = false;         ///< look for new commits, as the host sends no webhooks
    std::string token = {};              ///< for webhooks, statuses and polling; a secret
    std::string token_type = "PAT";
    std::string refresh_token = {};      ///< a secret
    std::string token_scope = {};
    std::string webhook_secret = {};     ///< what deliveries are signed with; a secret; empty: that of the runner
};

/// Starts a run when an image that the task stands on is pushed anew.
struct base_image_trigger
{
    std::string name = "defaultBaseimageTriggerName";
    bool is_enabled = true;
    base_image_scope scope = base_image_scope::runtime;
    std::string update_endpoint = {};      ///< told of updates, too; empty for none
    bool sends_token = false;         ///< what it is told is a token

    bool operator==(base_image_trigger const&) const = default;
};

/// What starts runs of a task.
struct task_triggers
{
    std::vector<timer_trigger> timers = {};
    std::vector<source_trigger> sources = {};
    std::optional<base_image_trigger> base_image = {};
};

/// A stored task.
struct task_definition
{
    std::string name = {};      ///< 5 to 50 letters, digits, `-` and `_`
    std::string location = {};  ///< free text of the API
    std::map<std::string, std::string> tags = {};
    time_point created{};
    time_point updated{};  ///< of the last edit
    bool is_enabled = true;  ///< else no trigger starts a run; people may
    acrx::platform platform{"linux", "amd64", {}, {}, {}};
    unsigned cpu = 2;
    std::string agent_pool = {};  ///< empty for the runner's own
    int priority = 0;        ///< runs of the highest go first
    std::chrono::seconds timeout{3600};  ///< 300 to 28800
    std::optional<step_definition> step = {}; ///< nothing for a system task
    task_triggers triggers = {};
    task_credentials credentials = {};
    task_identity identity = {};
    std::string log_template = {};  ///< an image name to push the log to; empty for none
    bool is_system = false;    ///< holds defaults of quick runs
};

/// Whether it names a task, a pool or a run: `shortest` to 50 letters, digits, `-` and `_`.
ACRX_DECL bool is_resource_name(std::string_view name, std::size_t shortest = 1);
/// Refuses what no run could be made of: names, schedules, limits.
/// @throws error (`errc::invalid_argument`, `errc::syntax`) naming the field
ACRX_DECL void check_task(task_definition const& task);
/// The same task without its secrets.
ACRX_DECL task_definition without_secrets(task_definition task);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/task_definition.ipp>
#endif
#endif
