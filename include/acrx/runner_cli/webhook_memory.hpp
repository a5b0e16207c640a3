// The webhooks that a server has registered, kept for the servers after it.
#ifndef ACRX_RUNNER_CLI_WEBHOOK_MEMORY_HPP
#define ACRX_RUNNER_CLI_WEBHOOK_MEMORY_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/secret_box.hpp>
#include <acrx/runner_cli/task_webhooks.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace acrx::cli {
/// What a folder of webhooks tells.
struct kept_webhooks
{
    std::vector<task_webhook> hooks = {};                ///< without the events that each is for
    std::vector<std::filesystem::path> unreadable = {};  ///< files that were sealed with another key, or damaged
};

/// One sealed file for each webhook, as the token that removes it is in it: a task that was removed while no server worked
/// takes its token with it, but not its webhook.
class webhook_memory
{
public:
    /// @param folder  is made when it is needed
    webhook_memory(std::filesystem::path folder, secret_box box) : folder_(std::move(folder)), box_(std::move(box)) {}

    /// Durable when it returns. @throws error
    ACRX_DECL void keep(task_webhook const& hook) const;
    ACRX_DECL void forget(task_webhook const& hook) const;
    /// What there is. A file that cannot be opened stays: a server that was started with another key by mistake takes
    /// nothing from the one with the right key.
    ACRX_DECL kept_webhooks all() const;

private:
    std::filesystem::path folder_;
    secret_box box_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/webhook_memory.ipp>
#endif
#endif
