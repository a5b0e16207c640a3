// Bodies of run/memory_store.hpp.
#ifndef ACRX_RUN_IMPL_MEMORY_STORE_IPP
#define ACRX_RUN_IMPL_MEMORY_STORE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/run/detail/change_record.hpp>
#include <acrx/run/memory_store.hpp>
#include <acrx/task/run_id.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
/// Things by name, in any case of letters.
template<class T>
struct named_things
{
    std::map<std::string, T> things;

    void save(T thing)
    {
        auto key = ascii_lower(thing.name);
        things.insert_or_assign(std::move(key), std::move(thing));
    }
    std::optional<T> find(std::string const& name) const
    {
        auto const found = things.find(ascii_lower(name));
        return found == things.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<T> all() const
    {
        std::vector<T> list;
        for (auto const& [name, thing] : things)
            list.push_back(thing);
        return list;
    }
    bool remove(std::string const& name) { return things.erase(ascii_lower(name)) != 0; }
};

struct memory_run
{
    run_record record;
    run_request request;
    std::string worker;
    time_point until{};
    std::uint64_t fence = 0;
    std::optional<time_point> due = {};  ///< to tell its end
};

struct memory_ledger
{
    named_things<task_definition> tasks;
    named_things<agent_pool> pools;
    named_things<named_run> named_runs;
    std::map<std::uint64_t, memory_run> runs;
    std::map<std::string, time_point> keys;
    run_marks marks;
    std::map<std::string, std::uint64_t> edits;  ///< number of the last one of each task and shared mark
    std::uint64_t last_edit = 0;
    std::uint64_t last = 0;

    memory_run* find(std::string const& id)
    {
        auto const found = std::ranges::find_if(runs, [&](auto const& run) { return run.second.record.id == id; });
        return found == runs.end() ? nullptr : &found->second;
    }

    void write(run_marks const& changes)
    {
        for (auto const& [name, value] : changes)
            if (value.empty())
                marks.erase(name);
            else
                marks.insert_or_assign(name, value);
    }

    bool are_known(shared_marks const& changes) const
    {
        return std::ranges::all_of(changes, [&](auto const& each) {
            auto const found = marks.find(each.first);
            return each.second.before == (found == marks.end() ? std::string() : found->second);
        });
    }
    void write(shared_marks const& changes)
    {
        for (auto const& [name, change] : changes) {
            marks.insert_or_assign(name, change.now);
            edits[std::string(edit_of_mark) + name] = ++last_edit;
        }
    }

    bool is_known(acceptance const& event)
    {
        std::erase_if(keys, [&](auto const& key) { return key.second + event_memory < event.at; });
        return std::ranges::any_of(event.keys, [&](std::string const& key) { return keys.contains(key); });
    }

    /// Takes note that a run may be over now.
    static void settle(memory_run& run, bool was_over)
    {
        if (was_over || !is_final(run.record.status))
            return;
        run.request = {};
        run.due = run.record.finished;
    }

    run_record add(new_run run)
    {
        run.record.number = ++last;
        run.record.id = run_id_of(last);
        auto& added = runs[last];
        added.record = std::move(run.record);
        added.request = std::move(run.request);
        return added.record;
    }
};
}  // namespace detail

ACRX_DECL memory_store::memory_store() : ledger_(std::make_shared<detail::memory_ledger>()) {}

ACRX_DECL net::awaitable<void> memory_store::save(task_definition task)
{
    ledger_->edits[ascii_lower(task.name)] = ++ledger_->last_edit;
    ledger_->tasks.save(std::move(task));
    co_return;
}
ACRX_DECL net::awaitable<std::optional<task_definition>> memory_store::find_task(std::string name)
{
    co_return ledger_->tasks.find(name);
}
ACRX_DECL net::awaitable<std::vector<task_definition>> memory_store::tasks()
{
    co_return ledger_->tasks.all();
}
ACRX_DECL net::awaitable<bool> memory_store::remove_task(std::string name)
{
    ledger_->edits[ascii_lower(name)] = ++ledger_->last_edit;
    co_return ledger_->tasks.remove(name);
}
ACRX_DECL net::awaitable<void> memory_store::save(agent_pool pool)
{
    ledger_->pools.save(std::move(pool));
    co_return;
}
ACRX_DECL net::awaitable<std::optional<agent_pool>> memory_store::find_pool(std::string name)
{
    co_return ledger_->pools.find(name);
}
ACRX_DECL net::awaitable<std::vector<agent_pool>> memory_store::pools()
{
    co_return ledger_->pools.all();
}
ACRX_DECL net::awaitable<bool> memory_store::remove_pool(std::string name)
{
    co_return ledger_->pools.remove(name);
}
ACRX_DECL net::awaitable<void> memory_store::save(named_run run)
{
    ledger_->named_runs.save(std::move(run));
    co_return;
}
ACRX_DECL net::awaitable<std::optional<named_run>> memory_store::find_named_run(std::string name)
{
    co_return ledger_->named_runs.find(name);
}
ACRX_DECL net::awaitable<std::vector<named_run>> memory_store::named_runs()
{
    co_return ledger_->named_runs.all();
}
ACRX_DECL net::awaitable<bool> memory_store::remove_named_run(std::string name)
{
    co_return ledger_->named_runs.remove(name);
}
ACRX_DECL net::awaitable<task_edits> memory_store::edits(std::uint64_t after)
{
    task_edits found{.last = ledger_->last_edit};
    for (auto const& [name, number] : ledger_->edits)
        if (number > after)
            detail::add_edit(found, name);
    co_return found;
}

ACRX_DECL net::awaitable<std::optional<std::vector<run_record>>> memory_store::accept(acceptance event)
{
    if (ledger_->is_known(event) || !ledger_->are_known(event.shared))
        co_return std::nullopt;
    for (auto const& key : event.keys)
        if (!key.empty())
            ledger_->keys[key] = event.at;
    std::vector<run_record> added;
    for (auto& run : event.runs)
        added.push_back(ledger_->add(std::move(run)));
    ledger_->write(event.marks);
    ledger_->write(event.shared);
    if (event.named) {
        if (!added.empty())
            event.named->run = added.front().id;
        ledger_->named_runs.save(*event.named);
    }
    co_return added;
}

ACRX_DECL net::awaitable<std::optional<claimed_run>> memory_store::claim(run_claim claim)
{
    detail::memory_run* next = nullptr;
    for (auto& [number, run] : ledger_->runs)
        if (run.record.status == run_status::queued && ascii_lower(run.record.agent_pool) == ascii_lower(claim.pool)
            && (next == nullptr || run.record.priority > next->record.priority))
            next = &run;
    if (next == nullptr)
        co_return std::nullopt;
    next->worker = claim.worker;
    next->until = claim.until;
    ++next->fence;
    detail::set_status(next->record, run_status::started, claim.at);
    co_return claimed_run{next->record, next->request, next->fence};
}

ACRX_DECL net::awaitable<bool> memory_store::change(std::string id, std::uint64_t fence, run_change change)
{
    auto* run = ledger_->find(id);
    bool const was_over = run != nullptr && is_final(run->record.status);
    if (run == nullptr || run->fence != fence || !ledger_->are_known(change.shared) || !detail::apply(run->record, change))
        co_return false;
    detail::memory_ledger::settle(*run, was_over);
    ledger_->write(change.shared);
    co_return true;
}

ACRX_DECL net::awaitable<std::vector<std::string>> memory_store::renew(std::string worker, time_point until)
{
    std::vector<std::string> to_end;
    for (auto& [number, run] : ledger_->runs) {
        if (run.worker != worker || is_final(run.record.status) || run.record.status == run_status::queued)
            continue;
        run.until = until;
        if (run.record.is_cancel_requested)
            to_end.push_back(run.record.id);
    }
    co_return to_end;
}

ACRX_DECL net::awaitable<std::vector<run_record>> memory_store::recover(std::string worker, time_point now)
{
    std::vector<run_record> recovered;
    for (auto& [number, run] : ledger_->runs) {
        bool const is_claimed = run.record.status == run_status::started || run.record.status == run_status::running;
        if (!is_claimed || (run.worker != worker && run.until > now))
            continue;
        ++run.fence;
        detail::recover(run.record, now);
        detail::memory_ledger::settle(run, false);
        recovered.push_back(run.record);
    }
    co_return recovered;
}

ACRX_DECL net::awaitable<std::optional<run_record>> memory_store::cancel(std::string id, time_point now)
{
    auto* run = ledger_->find(id);
    if (run == nullptr)
        co_return std::nullopt;
    bool const was_over = is_final(run->record.status);
    detail::cancel(run->record, now);
    detail::memory_ledger::settle(*run, was_over);
    co_return run->record;
}

ACRX_DECL net::awaitable<std::optional<run_record>> memory_store::archive(std::string id, bool keep)
{
    auto* run = ledger_->find(id);
    if (run == nullptr)
        co_return std::nullopt;
    run->record.is_archived = keep;
    co_return run->record;
}

ACRX_DECL net::awaitable<std::optional<run_record>> memory_store::find_run(std::string id)
{
    auto const* run = ledger_->find(id);
    if (run == nullptr)
        co_return std::nullopt;
    co_return run->record;
}

ACRX_DECL net::awaitable<run_page> memory_store::runs(run_query query)
{
    run_page page;
    for (auto at = ledger_->runs.rbegin(); at != ledger_->runs.rend(); ++at) {
        auto const& [number, run] = *at;
        bool const is_late = query.before != 0 && number >= query.before;
        if (is_late || (query.is_going_on && is_final(run.record.status)) || !meets(run.record, query.where))
            continue;
        if (query.top != 0 && page.runs.size() == query.top) {
            page.next = page.runs.back().number;
            break;
        }
        page.runs.push_back(run.record);
    }
    co_return page;
}

ACRX_DECL net::awaitable<std::size_t> memory_store::count_queued(std::string pool)
{
    co_return static_cast<std::size_t>(std::ranges::count_if(ledger_->runs, [&](auto const& run) {
        auto const& record = run.second.record;
        return record.status == run_status::queued && ascii_lower(record.agent_pool) == ascii_lower(pool);
    }));
}

ACRX_DECL net::awaitable<run_marks> memory_store::marks(std::string prefix)
{
    run_marks found;
    for (auto const& [name, value] : ledger_->marks)
        if (name.starts_with(prefix))
            found.emplace(name, value);
    co_return found;
}

ACRX_DECL net::awaitable<std::optional<run_record>> memory_store::take_ended(time_point now, time_point until)
{
    detail::memory_run* first = nullptr;
    for (auto& [number, run] : ledger_->runs)
        if (run.due && *run.due <= now && (first == nullptr || *run.due < *first->due))
            first = &run;
    if (first == nullptr)
        co_return std::nullopt;
    first->due = until;
    co_return first->record;
}

ACRX_DECL net::awaitable<void> memory_store::set_due(std::string id, std::optional<time_point> when)
{
    if (auto* run = ledger_->find(id); run != nullptr && run->due)
        run->due = when;
    co_return;
}
}  // namespace acrx
#endif
