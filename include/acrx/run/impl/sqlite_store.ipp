// Bodies of run/sqlite_store.hpp: each call goes to the ledger on a thread of the pool.
#ifndef ACRX_RUN_IMPL_SQLITE_STORE_IPP
#define ACRX_RUN_IMPL_SQLITE_STORE_IPP
#include <acrx/core/offload.hpp>
#include <acrx/run/detail/sqlite_ledger.hpp>
#include <acrx/run/detail/stored_text.hpp>
#include <acrx/run/sqlite_store.hpp>

#include <functional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace acrx {
namespace detail {
template<class T>
std::optional<T> find_thing(sqlite_ledger& ledger, thing_kind kind, std::string const& name)
{
    auto const text = ledger.find(kind, name);
    return text ? std::optional(from_stored_text<T>(*text)) : std::nullopt;
}

template<class T>
std::vector<T> all_things(sqlite_ledger& ledger, thing_kind kind)
{
    std::vector<T> things;
    for (auto const& text : ledger.all(kind))
        things.push_back(from_stored_text<T>(text));
    return things;
}
}  // namespace detail

ACRX_DECL sqlite_store::sqlite_store(std::filesystem::path const& file, secret_box box, net::any_io_executor pool)
    : ledger_(std::make_shared<detail::sqlite_ledger>(file, box)), pool_(std::move(pool))
{}

template<class F>
auto sqlite_store::ask(F work)
{
    using result = std::invoke_result_t<F&, detail::sqlite_ledger&>;
    std::function<result(std::stop_token)> job = [ledger = ledger_, work = std::move(work)](std::stop_token) mutable {
        return work(*ledger);
    };
    return offload(pool_, std::move(job));
}

ACRX_DECL net::awaitable<void> sqlite_store::save(task_definition task)
{
    return ask([task = std::move(task)](detail::sqlite_ledger& ledger) {
        ledger.save(detail::thing_kind::task, task.name, detail::to_stored_text(task));
    });
}
ACRX_DECL net::awaitable<std::optional<task_definition>> sqlite_store::find_task(std::string name)
{
    return ask([name = std::move(name)](detail::sqlite_ledger& ledger) {
        return detail::find_thing<task_definition>(ledger, detail::thing_kind::task, name);
    });
}
ACRX_DECL net::awaitable<std::vector<task_definition>> sqlite_store::tasks()
{
    return ask([](detail::sqlite_ledger& ledger) {
        return detail::all_things<task_definition>(ledger, detail::thing_kind::task);
    });
}
ACRX_DECL net::awaitable<bool> sqlite_store::remove_task(std::string name)
{
    return ask([name = std::move(name)](detail::sqlite_ledger& ledger) {
        return ledger.remove(detail::thing_kind::task, name);
    });
}
ACRX_DECL net::awaitable<void> sqlite_store::save(agent_pool pool)
{
    return ask([pool = std::move(pool)](detail::sqlite_ledger& ledger) {
        ledger.save(detail::thing_kind::pool, pool.name, detail::to_stored_text(pool));
    });
}
ACRX_DECL net::awaitable<std::optional<agent_pool>> sqlite_store::find_pool(std::string name)
{
    return ask([name = std::move(name)](detail::sqlite_ledger& ledger) {
        return detail::find_thing<agent_pool>(ledger, detail::thing_kind::pool, name);
    });
}
ACRX_DECL net::awaitable<std::vector<agent_pool>> sqlite_store::pools()
{
    return ask([](detail::sqlite_ledger& ledger) {
        return detail::all_things<agent_pool>(ledger, detail::thing_kind::pool);
    });
}
ACRX_DECL net::awaitable<bool> sqlite_store::remove_pool(std::string name)
{
    return ask([name = std::move(name)](detail::sqlite_ledger& ledger) {
        return ledger.remove(detail::thing_kind::pool, name);
    });
}
ACRX_DECL net::awaitable<void> sqlite_store::save(named_run run)
{
    return ask([run = std::move(run)](detail::sqlite_ledger& ledger) {
        ledger.save(detail::thing_kind::named_run, run.name, detail::to_stored_text(run));
    });
}
ACRX_DECL net::awaitable<std::optional<named_run>> sqlite_store::find_named_run(std::string name)
{
    return ask([name = std::move(name)](detail::sqlite_ledger& ledger) {
        return detail::find_thing<named_run>(ledger, detail::thing_kind::named_run, name);
    });
}
ACRX_DECL net::awaitable<std::vector<named_run>> sqlite_store::named_runs()
{
    return ask([](detail::sqlite_ledger& ledger) {
        return detail::all_things<named_run>(ledger, detail::thing_kind::named_run);
    });
}
ACRX_DECL net::awaitable<bool> sqlite_store::remove_named_run(std::string name)
{
    return ask([name = std::move(name)](detail::sqlite_ledger& ledger) {
        return ledger.remove(detail::thing_kind::named_run, name);
    });
}

ACRX_DECL net::awaitable<std::optional<std::vector<run_record>>> sqlite_store::accept(acceptance event)
{
    return ask([event = std::move(event)](detail::sqlite_ledger& ledger) mutable { return ledger.accept(std::move(event)); });
}
ACRX_DECL net::awaitable<std::optional<claimed_run>> sqlite_store::claim(run_claim claim)
{
    return ask([claim = std::move(claim)](detail::sqlite_ledger& ledger) { return ledger.claim(claim); });
}
ACRX_DECL net::awaitable<bool> sqlite_store::change(std::string id, std::uint64_t fence, run_change change)
{
    return ask([id = std::move(id), fence, change = std::move(change)](detail::sqlite_ledger& ledger) {
        return ledger.change(id, fence, change);
    });
}
ACRX_DECL net::awaitable<std::vector<std::string>> sqlite_store::renew(std::string worker, time_point until)
{
    return ask([worker = std::move(worker), until](detail::sqlite_ledger& ledger) { return ledger.renew(worker, until); });
}
ACRX_DECL net::awaitable<std::vector<run_record>> sqlite_store::recover(std::string worker, time_point now)
{
    return ask([worker = std::move(worker), now](detail::sqlite_ledger& ledger) { return ledger.recover(worker, now); });
}
ACRX_DECL net::awaitable<std::optional<run_record>> sqlite_store::cancel(std::string id, time_point now)
{
    return ask([id = std::move(id), now](detail::sqlite_ledger& ledger) { return ledger.cancel(id, now); });
}
ACRX_DECL net::awaitable<std::optional<run_record>> sqlite_store::archive(std::string id, bool keep)
{
    return ask([id = std::move(id), keep](detail::sqlite_ledger& ledger) { return ledger.archive(id, keep); });
}
ACRX_DECL net::awaitable<std::optional<run_record>> sqlite_store::find_run(std::string id)
{
    return ask([id = std::move(id)](detail::sqlite_ledger& ledger) { return ledger.find_run(id); });
}
ACRX_DECL net::awaitable<run_page> sqlite_store::runs(run_query query)
{
    return ask([query = std::move(query)](detail::sqlite_ledger& ledger) { return ledger.runs(query); });
}
ACRX_DECL net::awaitable<std::size_t> sqlite_store::count_queued(std::string pool)
{
    return ask([pool = std::move(pool)](detail::sqlite_ledger& ledger) { return ledger.count_queued(pool); });
}
ACRX_DECL net::awaitable<run_marks> sqlite_store::marks(std::string prefix)
{
    return ask([prefix = std::move(prefix)](detail::sqlite_ledger& ledger) { return ledger.marks(prefix); });
}
}  // namespace acrx
#endif
