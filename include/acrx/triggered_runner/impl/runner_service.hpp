// Bodies of triggered_runner/runner_service.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_SERVICE_HPP
#define ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_SERVICE_HPP
#include <acrx/core/error.hpp>
#include <acrx/triggered_runner/detail/async_lock.hpp>
#include <acrx/triggered_runner/runner_service.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>
#include <variant>

namespace acrx {
/// What all copies of a service share.
template<run_store Store, clock Clock>
struct basic_runner_service<Store, Clock>::state
{
    state(Store s, runner_folders f, Clock c) : store(std::move(s)), folders(std::move(f)), clock(std::move(c)), logs(folders.logs) {}

    Store store;
    runner_folders folders;
    Clock clock;
    run_logs logs;
    task_table tasks;             ///< and the book: of the store as they were at the edit `last_edit`
    base_image_book book;
    std::uint64_t last_edit = 0;
    bool is_known = false;        ///< what the store has; else all is to be read
    std::map<std::string, task_change> edited;  ///< by name; what sources of triggers were not told yet
    std::vector<std::string> pushed_images;     ///< tags whose digest nobody told yet
    detail::async_lock lock;          ///< of whoever plans runs or edits tasks
    bell changes;                     ///< of tasks, pools and runs
    bell output;                      ///< of logs, and of runs that end
    std::set<std::string> to_cancel;  ///< runs whose worker is to be told
};

template<run_store S, clock C>
basic_runner_service<S, C>::basic_runner_service(S store, runner_folders folders, C clock)
    : state_(std::make_shared<state>(std::move(store), std::move(folders), std::move(clock)))
{}

template<run_store S, clock C>
net::awaitable<task_definition> basic_runner_service<S, C>::save_task(task_definition task)
{
    check_task(task);
    if (!task.log_template.empty())
        throw error(errc::not_supported, "task " + task.name + ": a log template", "Logs are kept by the runner alone.");
    auto const guard = co_await state_->lock.acquire();
    auto const known = co_await state_->store.find_task(task.name);
    task.updated = state_->clock.now();
    task.created = known ? known->created : task.updated;
    if (!task.agent_pool.empty()) {
        auto const pool = co_await state_->store.find_pool(task.agent_pool);
        if (!pool)
            throw error(errc::not_found, "task " + task.name + ": there is no agent pool " + task.agent_pool);
    }
    co_await state_->store.save(task);
    state_->changes.ring();
    co_return task;
}

template<run_store S, clock C>
net::awaitable<std::optional<task_definition>> basic_runner_service<S, C>::find_task(std::string name)
{
    return state_->store.find_task(std::move(name));
}

template<run_store S, clock C>
net::awaitable<std::vector<task_definition>> basic_runner_service<S, C>::tasks()
{
    return state_->store.tasks();
}

template<run_store S, clock C>
net::awaitable<bool> basic_runner_service<S, C>::remove_task(std::string name)
{
    auto const guard = co_await state_->lock.acquire();
    bool const was_there = co_await state_->store.remove_task(name);
    acceptance forgotten{.marks = {{base_image_book::mark_name(name), ""}}, .at = state_->clock.now()};
    for (auto const& [mark, value] : co_await state_->store.marks(timer_mark(name, "")))
        forgotten.marks[mark] = "";
    co_await state_->store.accept(std::move(forgotten));
    state_->changes.ring();
    co_return was_there;
}

/// The run of a request, checked against what there is.
template<run_store S, clock C>
net::awaitable<new_run> basic_runner_service<S, C>::plan(run_request request, run_cause cause)
{
    if (!request.log_template.empty())
        throw error(errc::not_supported, "scheduling a run: a log template", "Logs are kept by the runner alone.");
    new_run made;
    if (auto const* stored = std::get_if<stored_task>(&request.what)) {
        auto const task = co_await state_->store.find_task(stored->task);
        if (!task)
            throw error(errc::not_found, "scheduling a run: there is no task " + stored->task);
        made = make_run(*task, stored->changes, std::move(cause));
        if (!request.agent_pool.empty())
            made.record.agent_pool = made.request.agent_pool = request.agent_pool;
        made.record.is_archived = request.is_archived;
    } else {
        made = make_run(std::move(request), std::move(cause));
    }
    auto const pool_name = made.record.agent_pool;
    if (!pool_name.empty()) {
        auto const pool = co_await state_->store.find_pool(pool_name);
        if (!pool)
            throw error(errc::not_found, "scheduling a run: there is no agent pool " + pool_name);
    }
    check_upload(made.request.context);
    co_return made;
}

template<run_store S, clock C>
net::awaitable<std::vector<run_record>> basic_runner_service<S, C>::record(acceptance event)
{
    auto recorded = co_await state_->store.accept(std::move(event));
    state_->changes.ring();
    co_return std::move(*recorded);
}

template<run_store S, clock C>
net::awaitable<run_record> basic_runner_service<S, C>::schedule(run_request request, std::string requester)
{
    auto const* stored = std::get_if<stored_task>(&request.what);
    auto const now = state_->clock.now();
    run_cause cause{.at = now};
    cause.event.what = manual_request{stored != nullptr ? stored->task : "", std::move(requester)};
    acceptance event{.at = now};
    auto made = co_await plan(std::move(request), std::move(cause));
    std::optional<detail::async_lock::guard> guard;
    if (!made.record.upload.empty()) {  // so that it does not go between the look at it and the record
        auto held = co_await state_->lock.acquire();
        guard.emplace(std::move(held));
        check_upload(made.request.context);
    }
    event.runs.push_back(std::move(made));
    auto const recorded = co_await record(std::move(event));
    co_return recorded.front();
}

template<run_store S, clock C>
net::awaitable<std::optional<run_record>> basic_runner_service<S, C>::find_run(std::string id)
{
    return state_->store.find_run(std::move(id));
}

template<run_store S, clock C>
net::awaitable<run_page> basic_runner_service<S, C>::runs(run_query query)
{
    return state_->store.runs(std::move(query));
}

template<run_store S, clock C>
net::awaitable<run_record> basic_runner_service<S, C>::cancel(std::string id)
{
    auto const record = co_await state_->store.cancel(id, state_->clock.now());
    if (!record)
        throw error(errc::not_found, "cancelling a run: there is no run " + id);
    if (record->is_cancel_requested && !is_final(record->status))
        state_->to_cancel.insert(id);
    state_->changes.ring();
    state_->output.ring();
    bool const is_over = is_final(record->status) && !record->upload.empty();
    if (is_over)
        co_await remove_upload(record->upload);
    co_return *record;
}

template<run_store S, clock C>
net::awaitable<run_record> basic_runner_service<S, C>::archive(std::string id, bool keep)
{
    auto const record = co_await state_->store.archive(id, keep);
    if (!record)
        throw error(errc::not_found, "keeping the log of a run: there is no run " + id);
    co_return *record;
}

template<run_store S, clock C>
net::awaitable<run_record> basic_runner_service<S, C>::wait_for_run(std::string id, std::chrono::milliseconds longest)
{
    auto const end = std::chrono::steady_clock::now() + longest;
    for (;;) {
        auto const seen = state_->output.count();
        auto const record = co_await state_->store.find_run(id);
        if (!record)
            throw error(errc::not_found, "waiting for a run: there is no run " + id);
        auto const left = end - std::chrono::steady_clock::now();
        if (is_final(record->status) || left <= left.zero())
            co_return *record;
        co_await state_->output.wait_past(seen, left);
    }
}

template<run_store S, clock C>
net::awaitable<std::optional<run_record>> basic_runner_service<S, C>::take_ended(std::chrono::seconds patience)
{
    auto const now = state_->clock.now();
    return state_->store.take_ended(now, now + patience);
}

template<run_store S, clock C>
net::awaitable<void> basic_runner_service<S, C>::set_due(std::string id, std::optional<time_point> when)
{
    return state_->store.set_due(std::move(id), when);
}

template<run_store S, clock C>
bell basic_runner_service<S, C>::changed() const
{
    return state_->changes;
}

template<run_store S, clock C>
net::awaitable<accepted_event> basic_runner_service<S, C>::accept(trigger_event event)
{
    auto const guard = co_await state_->lock.acquire();
    try {
        std::optional<accepted_event> accepted;
        while (!accepted)
            accepted = co_await accept_alone(event);
        if (auto const* update = std::get_if<image_update>(&event.what))
            hurry(*update);
        co_return std::move(*accepted);
    } catch (...) {
        state_->is_known = false;  // the book may know what the store does not
        throw;
    }
}

/// @return nothing if another runner has taken note of the same images meanwhile
template<run_store S, clock C>
net::awaitable<std::optional<accepted_event>> basic_runner_service<S, C>::accept_alone(trigger_event const& event)
{
    co_await catch_up();
    auto const now = state_->clock.now();
    auto plan = plan_runs(event, state_->tasks, state_->book, now);
    acceptance whole{.runs = std::move(plan.runs), .marks = std::move(plan.marks), .shared = plan.shared, .at = now};
    if (!event.id.empty())
        whole.keys.push_back(event.provider + "\n" + event.id);
    if (!std::holds_alternative<image_update>(event.what))  // a tag that comes back to a digest is new: the book knows
        whole.keys.push_back(content_key(event));
    accepted_event accepted{.passed = std::move(plan.passed)};
    bool const says_nothing = whole.runs.empty() && whole.marks.empty() && whole.shared.empty();
    if (says_nothing)
        co_return accepted;
    auto recorded = co_await state_->store.accept(std::move(whole));
    if (recorded) {
        accepted.runs = std::move(*recorded);
    } else {
        bool const is_stale = co_await is_overtaken(std::move(plan.shared));
        if (is_stale)
            co_return std::nullopt;
        accepted.is_repeat = true;
        accepted.passed.clear();
    }
    state_->changes.ring();
    co_return accepted;
}

/// A registry that tells of a push but not of its digest: whoever looks at images is to look now.
template<run_store S, clock C>
void basic_runner_service<S, C>::hurry(image_update const& update)
{
    for (auto const& image : update.images) {
        auto name = to_string(reference{image.registry, image.repository, image.tag, {}});
        if (!image.digest.empty() || !state_->book.is_tracked(name))
            continue;
        state_->pushed_images.push_back(std::move(name));
        state_->changes.ring();
    }
}

template<run_store S, clock C>
net::awaitable<agent_pool> basic_runner_service<S, C>::save_pool(agent_pool pool)
{
    if (!is_resource_name(pool.name))
        throw error(errc::invalid_argument, "the name of an agent pool has 1 to 50 letters, digits, '-' and '_'");
    auto const known = co_await state_->store.find_pool(pool.name);
    pool.created = known ? known->created : state_->clock.now();
    co_await state_->store.save(pool);
    state_->changes.ring();
    co_return pool;
}

template<run_store S, clock C>
net::awaitable<std::optional<agent_pool>> basic_runner_service<S, C>::find_pool(std::string name)
{
    return state_->store.find_pool(std::move(name));
}

template<run_store S, clock C>
net::awaitable<std::vector<agent_pool>> basic_runner_service<S, C>::pools()
{
    return state_->store.pools();
}

template<run_store S, clock C>
net::awaitable<bool> basic_runner_service<S, C>::remove_pool(std::string name)
{
    auto const guard = co_await state_->lock.acquire();
    auto const waiting = co_await state_->store.count_queued(name);
    if (waiting != 0)
        throw error(boost::system::errc::make_error_code(boost::system::errc::operation_in_progress),
                    "removing the agent pool " + name + ": runs are waiting in it (" + std::to_string(waiting) + ")",
                    "Nobody would run them: cancel them first.");
    bool const was_there = co_await state_->store.remove_pool(std::move(name));
    state_->changes.ring();
    co_return was_there;
}

template<run_store S, clock C>
net::awaitable<std::size_t> basic_runner_service<S, C>::count_queued(std::string pool)
{
    return state_->store.count_queued(std::move(pool));
}

template<run_store S, clock C>
net::awaitable<named_run> basic_runner_service<S, C>::save_named_run(named_run named, std::string requester)
{
    if (!is_resource_name(named.name))
        throw error(errc::invalid_argument, "the name of a task run has 1 to 50 letters, digits, '-' and '_'");
    auto const guard = co_await state_->lock.acquire();
    auto const now = state_->clock.now();
    auto const known = co_await state_->store.find_named_run(named.name);
    named.created = known ? known->created : now;
    if (known && known->force_update_tag == named.force_update_tag) {
        named.run = known->run;
        co_await state_->store.save(named);
        co_return named;
    }
    auto const* stored = std::get_if<stored_task>(&named.request.what);
    run_cause cause{.at = now};
    cause.event.what = manual_request{stored != nullptr ? stored->task : "", std::move(requester)};
    acceptance event{.named = named, .at = now};
    auto made = co_await plan(named.request, std::move(cause));
    event.runs.push_back(std::move(made));
    auto const recorded = co_await record(std::move(event));
    named.run = recorded.front().id;
    co_return named;
}

template<run_store S, clock C>
net::awaitable<std::optional<named_run>> basic_runner_service<S, C>::find_named_run(std::string name)
{
    return state_->store.find_named_run(std::move(name));
}

template<run_store S, clock C>
net::awaitable<std::vector<named_run>> basic_runner_service<S, C>::named_runs()
{
    return state_->store.named_runs();
}

template<run_store S, clock C>
net::awaitable<bool> basic_runner_service<S, C>::remove_named_run(std::string name)
{
    return state_->store.remove_named_run(std::move(name));
}
}  // namespace acrx
#endif
