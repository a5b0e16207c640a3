// Bodies of runner_cli/webhook_registrar.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_WEBHOOK_REGISTRAR_IPP
#define ACRX_RUNNER_CLI_IMPL_WEBHOOK_REGISTRAR_IPP
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/webhook_registrar.hpp>

#include <algorithm>

namespace acrx::cli {
ACRX_DECL std::vector<net::awaitable<void>> webhook_registrar::follow(task_changes const& changes)
{
    std::vector<net::awaitable<void>> work;
    for (auto const& task : changes.tasks) {
        auto const before = task.before ? webhooks_of(*task.before, place_) : task_webhooks();
        auto const now = task.now ? webhooks_of(*task.now, place_) : task_webhooks();
        if (place_.public_url.empty()) {
            if (!now.wanted.empty() && !std::exchange(has_told_, true))
                tell_("webhooks are not registered at git hosts: they do not know how to reach this server; --public-url URL says it", true);
            continue;
        }
        for (auto const& why : now.impossible)
            if (std::ranges::find(before.impossible, why) == before.impossible.end())
                tell_("no webhook is registered: " + why, true);
        auto to_do = changes_between(before, now);
        for (auto* list : {&to_do.to_remove, &to_do.to_register})
            for (auto& hook : *list) {
                newest_[hook.wish.url] = ++count_;
                work.push_back(carry_out(std::move(hook), list == &to_do.to_remove, count_));
            }
    }
    return work;
}

inline net::awaitable<void> webhook_registrar::carry_out(task_webhook hook, bool is_removal, std::uint64_t number)
{
    auto const pass = co_await turns_.enter(hook.wish.url);
    bool const is_overtaken = newest_[hook.wish.url] != number;
    if (is_overtaken && !is_removal)
        co_return;
    auto const what = "the webhook of task " + hook.task + " at " + std::string(to_string(hook.host.host)) + ", "
                      + hook.host.name();
    std::string trouble;
    try {
        git_api api(hook.host, hook.token, retry_, client_);
        if (is_removal)
            co_await api.remove_webhook(hook.wish.url);
        else
            co_await api.register_webhook(hook.wish);
    } catch (error const& e) {
        trouble = e.text() + (e.advice().empty() ? "" : ". " + e.advice());
    }
    if (trouble.empty())
        tell_((is_removal ? "removed " : "registered ") + what, false);
    else
        tell_(what + ": " + trouble, true);
}
}  // namespace acrx::cli
#endif
