// Bodies of run/database_store.hpp: each call goes to the ledger on a thread of the pool.
#ifndef ACRX_RUN_IMPL_DATABASE_STORE_IPP
#define ACRX_RUN_IMPL_DATABASE_STORE_IPP
#include <acrx/core/offload.hpp>
#include <acrx/run/detail/ledger.hpp>
#include <acrx/run/detail/stored_text.hpp>
#include <acrx/run/database_store.hpp>

#include <functional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace acrx {
namespace detail {
template<class T>
std::optional<T> find_thing(ledger& kept, thing_kind kind, std::string const& name)
{
    auto const text = kept.find(kind, name);
    return text ? std::optional(from_stored_text<T>(*text)) : std::nullopt;
}

template<class T>
std::vector<T> all_things(ledger& kept, thing_kind kind)
{
    std::vector<T> things;
    for (auto const& text : kept.all(kind))
        things.push_back(from_stored_text<T>(text));
    return things;
}
}  // namespace detail

ACRX_DECL database_store::database_store(std::shared_ptr<detail::ledger> ledger, net::any_io_executor pool)
    : ledger_(std::move(ledger)), pool_(std::move(pool))
{}

template<class F>
auto database_store::ask(F work)
{
    using result = std::invoke_result_t<F&, detail::ledger&>;
    std::function<result(std::stop_token)> job = [ledger = ledger_, work = std::move(work)](std::stop_token) mutable {
        return work(*ledger);
    };
    return offload(pool_, std::move(job));
}

ACRX_DECL net::awaitable<void> database_store::save(task_definition task)
{
    return ask([task = std::move(task)](detail::ledger& kept) {
        kept.save(detail::thing_kind::task, task.name, detail::to_stored_text(task));
    });
}
ACRX_DECL net::awaitable<std::optional<task_definition>> database_store::find_task(std::string name)
{
    return ask([name = std::move(name)](detail::ledger& kept) {
        return detail::find_thing<task_definition>(kept, detail::thing_kind::task, name);
    });
}
ACRX_DECL net::awaitable<std::vector<task_definition>> database_store::tasks()
{
    return ask([](detail::ledger& kept) {
        return detail::all_things<task_definition>(kept, detail::thing_kind::task);
    });
}
ACRX_DECL net::awaitable<bool> database_store::remove_task(std::string name)
{
    return ask([name = std::move(name)](detail::ledger& kept) {
        return kept.remove(detail::thing_kind::task, name);
    });
}
ACRX_DECL net::awaitable<void> database_store::save(agent_pool pool)
{
    return ask([pool = std::move(pool)](detail::ledger& kept) {
        kept.save(detail::thing_kind::pool, pool.name, detail::to_stored_text(pool));
    });
}
ACRX_DECL net::awaitable<std::optional<agent_pool>> database_store::find_pool(std::string name)
{
    return ask([name = std::move(name)](detail::ledger& kept) {
        return detail::find_thing<agent_pool>(kept, detail::thing_kind::pool, name);
    });
}
ACRX_DECL net::awaitable<std::vector<agent_pool>> database_store::pools()
{
    return ask([](detail::ledger& kept) {
        return detail::all_things<agent_pool>(kept, detail::thing_kind::pool);
    });
}
ACRX_DECL net::awaitable<bool> database_store::remove_pool(std::string name)
{
    return ask([name = std::move(name)](detail::ledger& kept) {
        return kept.remove(detail::thing_kind::pool, name);
    });
}
ACRX_DECL net::awaitable<void> database_store::save(named_run run)
{
    return ask([run = std::move(run)](detail::ledger& kept) {
        kept.save(detail::thing_kind::named_run, run.name, detail::to_stored_text(run));
    });
}
ACRX_DECL net::awaitable<std::optional<named_run>> database_store::find_named_run(std::string name)
{
    return ask([name = std::move(name)](detail::ledger& kept) {
        return detail::find_thing<named_run>(kept, detail::thing_kind::named_run, name);
    });
}
ACRX_DECL net::awaitable<std::vector<named_run>> database_store::named_runs()
{
    return ask([](detail::ledger& kept) {
        return detail::all_things<named_run>(kept, detail::thing_kind::named_run);
    });
}
ACRX_DECL net::awaitable<bool> database_store::remove_named_run(std::string name)
{
    return ask([name = std::move(name)](detail::ledger& kept) {
        return kept.remove(detail::thing_kind::named_run, name);
    });
}
ACRX_DECL net::awaitable<task_edits> database_store::edits(std::uint64_t after)
{
    return ask([after](detail::ledger& kept) { return kept.edits(after); });
}

ACRX_DECL net::awaitable<std::optional<std::vector<run_record>>> database_store::accept(acceptance event)
{
    return ask([event = std::move(event)](detail::ledger& kept) { return kept.accept(event); });
}
ACRX_DECL net::awaitable<std::optional<claimed_run>> database_store::claim(run_claim claim)
{
    return ask([claim = std::move(claim)](detail::ledger& kept) { return kept.claim(claim); });
}
ACRX_DECL net::awaitable<bool> database_store::change(std::string id, std::uint64_t fence, run_change change)
{
    return ask([id = std::move(id), fence, change = std::move(change)](detail::ledger& kept) {
        return kept.change(id, fence, change);
    });
}
ACRX_DECL net::awaitable<std::vector<std::string>> database_store::renew(std::string worker, time_point until)
{
    return ask([worker = std::move(worker), until](detail::ledger& kept) { return kept.renew(worker, until); });
}
ACRX_DECL net::awaitable<std::vector<run_record>> database_store::recover(std::string worker, time_point now)
{
    return ask([worker = std::move(worker), now](detail::ledger& kept) { return kept.recover(worker, now); });
}
ACRX_DECL net::awaitable<std::optional<run_record>> database_store::cancel(std::string id, time_point now)
{
    return ask([id = std::move(id), now](detail::ledger& kept) { return kept.cancel(id, now); });
}
ACRX_DECL net::awaitable<std::optional<run_record>> database_store::archive(std::string id, bool keep)
{
    return ask([id = std::move(id), keep](detail::ledger& kept) { return kept.archive(id, keep); });
}
ACRX_DECL net::awaitable<std::optional<run_record>> database_store::find_run(std::string id)
{
    return ask([id = std::move(id)](detail::ledger& kept) { return kept.find_run(id); });
}
ACRX_DECL net::awaitable<run_page> database_store::runs(run_query query)
{
    return ask([query = std::move(query)](detail::ledger& kept) { return kept.runs(query); });
}
ACRX_DECL net::awaitable<std::size_t> database_store::count_queued(std::string pool)
{
    return ask([pool = std::move(pool)](detail::ledger& kept) { return kept.count_queued(pool); });
}
ACRX_DECL net::awaitable<run_marks> database_store::marks(std::string prefix)
{
    return ask([prefix = std::move(prefix)](detail::ledger& kept) { return kept.marks(prefix); });
}
ACRX_DECL net::awaitable<std::optional<run_record>> database_store::take_ended(time_point now, time_point until)
{
    return ask([now, until](detail::ledger& kept) { return kept.take_ended(now, until); });
}
ACRX_DECL net::awaitable<void> database_store::set_due(std::string id, std::optional<time_point> when)
{
    return ask([id = std::move(id), when](detail::ledger& kept) { kept.set_due(id, when); });
}
}  // namespace acrx
#endif
