// Bodies of runner_cli/webhook_registrar.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_WEBHOOK_REGISTRAR_IPP
#define ACRX_RUNNER_CLI_IMPL_WEBHOOK_REGISTRAR_IPP
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/webhook_registrar.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <algorithm>
#include <set>
#include <string_view>

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
        for (auto& hook : to_do.to_remove)
            work.push_back(start(std::move(hook), true));
        for (auto& hook : to_do.to_register)
            work.push_back(start(std::move(hook), false));
    }
    if (changes.are_all)
        for (auto& hook : left_behind(changes))
            work.push_back(start(std::move(hook), true));
    return work;
}

/// What was registered once and is wanted by none of the tasks.
inline std::vector<task_webhook> webhook_registrar::left_behind(task_changes const& all)
{
    if (!memory_ || place_.public_url.empty())
        return {};
    std::set<std::pair<std::string, std::string>> wanted;
    for (auto const& task : all.tasks)
        for (auto const& [key, hook] : webhooks_of(*task.now, place_).wanted)
            wanted.insert(key);
    auto [kept, unreadable] = memory_->all();
    if (!unreadable.empty() && !std::exchange(has_told_unreadable_, true))
        tell_(std::to_string(unreadable.size()) + " of the webhooks that were registered are sealed with another key for secrets, such as "
                  + unreadable.front().string() + ": they stay as they are. With that key, a server removes those that no task wants; "
                  "without it, remove the file, and the webhook at its host", true);
    std::erase_if(kept, [&](task_webhook const& hook) {
        return wanted.contains({repository_key(hook.repository_url), hook.wish.url});
    });
    return kept;
}

inline net::awaitable<void> webhook_registrar::start(task_webhook hook, bool is_removal)
{
    newest_[hook.wish.url] = ++count_;
    return carry_out(std::move(hook), is_removal, count_);
}

/// Whatever becomes of this process, the memory knows each webhook that may be at a host.
inline net::awaitable<void> webhook_registrar::ask_host(task_webhook hook, bool is_removal)
{
    git_api api(hook.host, hook.token, retry_, client_);
    if (!is_removal && memory_)
        memory_->keep(hook);
    if (is_removal)
        co_await api.remove_webhook(hook.wish.url);
    else
        co_await api.register_webhook(hook.wish);
    if (is_removal && memory_)
        memory_->forget(hook);
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
        co_await ask_host(hook, is_removal);
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
