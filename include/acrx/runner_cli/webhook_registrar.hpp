// Keeps the webhooks at git hosts as the stored tasks want them.
#ifndef ACRX_RUNNER_CLI_WEBHOOK_REGISTRAR_HPP
#define ACRX_RUNNER_CLI_WEBHOOK_REGISTRAR_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/gate.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/runner_cli/task_webhooks.hpp>
#include <acrx/runner_cli/webhook_memory.hpp>
#include <acrx/triggered_runner/follow_tasks.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx::cli {
/// How long a host is asked again before a webhook or a status is given up: some minutes.
inline constexpr retry_policy patience_with_hosts{.tries = 7,
                                                  .base = std::chrono::milliseconds(1000),
                                                  .ceiling = std::chrono::milliseconds(60'000),
                                                  .retry_after_ceiling = std::chrono::milliseconds(120'000)};

/// Registers, updates and removes webhooks after each edit of the tasks; with a memory, at its start also those that
/// tasks wanted before, and want no more.
///
/// Must stay in place while what `follow` gave is awaited.
/// @par Thread safety
/// One strand.
class webhook_registrar
{
public:
    /// Told what became of a webhook, or why there can be none; without secrets.
    using observer = std::function<void(std::string const& what, bool is_trouble)>;

    webhook_registrar(webhook_place place, http_client client, observer tell, std::optional<webhook_memory> memory = {},
                      retry_policy retry = patience_with_hosts)
        : place_(std::move(place)), client_(std::move(client)), tell_(std::move(tell)), memory_(std::move(memory)), retry_(retry)
    {}

    /// What has to be done now that tasks have changed: one operation for each webhook. They fail by telling so.
    ACRX_DECL std::vector<net::awaitable<void>> follow(task_changes const& changes);

private:
    std::vector<task_webhook> left_behind(task_changes const& all);
    net::awaitable<void> start(task_webhook hook, bool is_removal);
    net::awaitable<void> carry_out(task_webhook hook, bool is_removal, std::uint64_t number);
    net::awaitable<void> ask_host(task_webhook hook, bool is_removal);

    webhook_place place_;
    http_client client_;
    observer tell_;
    std::optional<webhook_memory> memory_;
    retry_policy retry_;
    gate turns_;                                     ///< by URL of webhook: one change at a time
    std::map<std::string, std::uint64_t> newest_;  ///< number of the last change, by URL of webhook
    std::uint64_t count_ = 0;
    bool has_told_ = false;             ///< that there is no public URL
    bool has_told_unreadable_ = false;  ///< that the memory has what cannot be read
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/webhook_registrar.ipp>
#endif
#endif
