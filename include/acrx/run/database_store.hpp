// What the run stores in databases have in common: each call waits on a thread of a pool.
#ifndef ACRX_RUN_DATABASE_STORE_HPP
#define ACRX_RUN_DATABASE_STORE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_store.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>

namespace acrx {
namespace detail {
class ledger;
}

/// Keeps tasks and runs in some database: a handle of one that `sqlite_store` or `postgres_store` opened, whichever.
///
/// Definitions and requests are sealed, as they hold secrets; records of runs are not. Copies share their connections.
/// @par Thread safety  safe
class database_store
{
public:
    ACRX_DECL net::awaitable<void> save(task_definition task);
    ACRX_DECL net::awaitable<std::optional<task_definition>> find_task(std::string name);
    ACRX_DECL net::awaitable<std::vector<task_definition>> tasks();
    ACRX_DECL net::awaitable<bool> remove_task(std::string name);
    ACRX_DECL net::awaitable<void> save(agent_pool pool);
    ACRX_DECL net::awaitable<std::optional<agent_pool>> find_pool(std::string name);
    ACRX_DECL net::awaitable<std::vector<agent_pool>> pools();
    ACRX_DECL net::awaitable<bool> remove_pool(std::string name);
    ACRX_DECL net::awaitable<void> save(named_run run);
    ACRX_DECL net::awaitable<std::optional<named_run>> find_named_run(std::string name);
    ACRX_DECL net::awaitable<std::vector<named_run>> named_runs();
    ACRX_DECL net::awaitable<bool> remove_named_run(std::string name);
    ACRX_DECL net::awaitable<task_edits> edits(std::uint64_t after);

    ACRX_DECL net::awaitable<std::optional<std::vector<run_record>>> accept(acceptance event);
    ACRX_DECL net::awaitable<std::optional<claimed_run>> claim(run_claim claim);
    ACRX_DECL net::awaitable<bool> change(std::string id, std::uint64_t fence, run_change change);
    ACRX_DECL net::awaitable<std::vector<std::string>> renew(std::string worker, time_point until);
    ACRX_DECL net::awaitable<std::vector<run_record>> recover(std::string worker, time_point now);
    ACRX_DECL net::awaitable<std::optional<run_record>> cancel(std::string id, time_point now);
    ACRX_DECL net::awaitable<std::optional<run_record>> archive(std::string id, bool keep);
    ACRX_DECL net::awaitable<std::optional<run_record>> find_run(std::string id);
    ACRX_DECL net::awaitable<run_page> runs(run_query query);
    ACRX_DECL net::awaitable<std::size_t> count_queued(std::string pool);
    ACRX_DECL net::awaitable<run_marks> marks(std::string prefix);
    ACRX_DECL net::awaitable<std::optional<run_record>> take_ended(time_point now, time_point until);
    ACRX_DECL net::awaitable<void> set_due(std::string id, std::optional<time_point> when);

protected:
    /// @param pool  the executor of a thread pool, where the database is waited for
    ACRX_DECL database_store(std::shared_ptr<detail::ledger> ledger, net::any_io_executor pool);

private:
    template<class F>
    auto ask(F work);

    std::shared_ptr<detail::ledger> ledger_;
    net::any_io_executor pool_;
};
static_assert(run_store<database_store>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/database_store.ipp>
#endif
#endif
