// Which webhooks the stored tasks want at git hosts, and what an edit changes about them.
#ifndef ACRX_RUNNER_CLI_TASK_WEBHOOKS_HPP
#define ACRX_RUNNER_CLI_TASK_WEBHOOKS_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/trigger/git_api.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acrx::cli {
/// How git hosts reach the runner.
struct webhook_place
{
    std::string public_url;     ///< of the server; empty: they do not
    std::string shared_secret;  ///< of triggers that have none of their own
};

/// The webhook of one trigger.
struct task_webhook
{
    std::string task;
    std::string repository_url;  ///< as the trigger names it
    git_api_place host;
    std::string token;
    webhook_wish wish;
};

/// The webhooks of a task, or of several.
struct task_webhooks
{
    /// By repository and URL. Each trigger has its own, so that it can go without a look at the others.
    std::map<std::pair<std::string, std::string>, task_webhook> wanted = {};
    std::vector<std::string> impossible = {};  ///< for each trigger whose host has no API that is known, why
};

/// Those of the enabled triggers that have a token; none of a disabled task.
ACRX_DECL task_webhooks webhooks_of(task_definition const& task, webhook_place const& place);

/// What is to be done at the hosts after an edit.
struct webhook_changes
{
    std::vector<task_webhook> to_register = {};  ///< new ones, and those that are to be otherwise
    std::vector<task_webhook> to_remove = {};
};

ACRX_DECL webhook_changes changes_between(task_webhooks const& before, task_webhooks const& now);
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/task_webhooks.ipp>
#endif
#endif
