// Bodies of triggered_runner/runner_service.hpp that keep the tasks at hand as the store has them.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_TASKS_HPP
#define ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_TASKS_HPP
#include <acrx/triggered_runner/impl/runner_service.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// Takes over what anybody has edited since; the lock must be held.
template<run_store S, clock C>
net::awaitable<void> basic_runner_service<S, C>::catch_up()
{
    if (!state_->is_known) {
        co_await load_all();
        co_return;
    }
    auto const edits = co_await state_->store.edits(state_->last_edit);
    for (auto const& name : edits.names)
        co_await take_edit(name);
    for (auto const& name : edits.marks)
        co_await take_mark(name);
    state_->last_edit = edits.last;
}

template<run_store S, clock C>
net::awaitable<void> basic_runner_service<S, C>::load_all()
{
    auto const edits = co_await state_->store.edits(0);  // before the tasks, so that none of a later edit is missed
    auto tasks = co_await state_->store.tasks();
    auto const marks = co_await state_->store.marks(std::string(base_image_book::prefix));
    task_table const before = std::exchange(state_->tasks, {});
    state_->book.load(tasks, marks);
    state_->tasks = task_table(std::move(tasks));
    auto const note = [&](std::string const& name) {
        auto const was = before.find(name);
        auto const is = state_->tasks.find(name);
        if (!was || !is || was->updated != is->updated)
            state_->edited.try_emplace(name, task_change{name, was, {}});
    };
    for (auto const& [name, task] : before.all())
        note(name);
    for (auto const& [name, task] : state_->tasks.all())
        note(name);
    state_->last_edit = edits.last;
    state_->is_known = true;
}

/// Reads a task that was saved or removed.
template<run_store S, clock C>
net::awaitable<void> basic_runner_service<S, C>::take_edit(std::string name)
{
    auto task = co_await state_->store.find_task(name);
    auto const mark_name = base_image_book::mark_name(name);
    auto const marks = co_await state_->store.marks(mark_name);
    state_->edited.try_emplace(name, task_change{name, state_->tasks.find(name), {}});
    if (task) {
        auto const mark = marks.find(mark_name);
        state_->book.edit(*task, mark == marks.end() ? std::string() : mark->second);
        state_->tasks.put(std::make_shared<task_definition const>(std::move(*task)));
    } else {
        state_->book.forget(name);
        state_->tasks.erase(name);
    }
}

/// Reads what a runner knows of base images. @return the mark
template<run_store S, clock C>
net::awaitable<std::string> basic_runner_service<S, C>::take_mark(std::string name)
{
    auto marks = co_await state_->store.marks(name);
    auto const found = marks.find(name);
    auto mark = found == marks.end() ? std::string() : std::move(found->second);
    state_->book.learn(name, mark);
    co_return mark;
}

/// Reads the marks that the store refused to change. @return whether another runner was quicker: then all is to be
/// planned again
template<run_store S, clock C>
net::awaitable<bool> basic_runner_service<S, C>::is_overtaken(shared_marks refused)
{
    bool is_other = false;
    for (auto const& [name, change] : refused) {
        auto const mark = co_await take_mark(name);
        is_other = is_other || mark != change.before;
    }
    co_return is_other;
}

template<run_store S, clock C>
net::awaitable<task_changes> basic_runner_service<S, C>::changes(bool all)
{
    auto const guard = co_await state_->lock.acquire();
    co_await catch_up();
    task_changes changes{.are_all = all};
    if (all) {
        changes.marks = co_await state_->store.marks("");
        state_->edited.clear();
        for (auto const& [name, task] : state_->tasks.all())
            state_->edited[name].name = name;
    }
    for (auto const& [name, change] : state_->edited) {
        auto const now = state_->tasks.find(name);
        if (!now || all)
            continue;
        std::vector<std::string> prefixes;
        if (!now->triggers.timers.empty())
            prefixes.push_back(timer_mark(name, ""));
        for (auto const& source : now->triggers.sources)
            if (source.is_polled)
                prefixes.push_back(branch_mark(source.filter.repository_url, ""));
        for (auto const& prefix : prefixes) {
            auto marks = co_await state_->store.marks(prefix);
            changes.marks.merge(std::move(marks));
        }
    }
    for (auto& [name, change] : std::exchange(state_->edited, {})) {
        change.now = state_->tasks.find(name);
        changes.tasks.push_back(std::move(change));
    }
    for (auto& image : state_->book.take_changed())
        changes.base_images[image] = state_->book.is_tracked(image);
    if (all)
        for (auto& image : state_->book.tracked())
            changes.base_images[std::move(image)] = true;
    changes.pushed_images = std::exchange(state_->pushed_images, {});
    co_return changes;
}

template<run_store S, clock C>
net::awaitable<std::vector<known_task>> basic_runner_service<S, C>::tasks_on(std::string repository_url)
{
    auto const guard = co_await state_->lock.acquire();
    co_await catch_up();
    if (!repository_url.empty())
        co_return state_->tasks.on_repository(repository_url);
    std::vector<known_task> with_source;
    for (auto const& [name, task] : state_->tasks.all())
        if (!task->triggers.sources.empty())
            with_source.push_back(task);
    co_return with_source;
}
}  // namespace acrx
#endif
