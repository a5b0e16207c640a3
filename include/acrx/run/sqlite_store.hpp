// The run store in one file of this machine.
#ifndef ACRX_RUN_SQLITE_STORE_HPP
#define ACRX_RUN_SQLITE_STORE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/secret_box.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <memory>

namespace acrx {
namespace detail {
class sqlite_ledger;
}

/// Keeps tasks and runs in an SQLite database; what was written survives a power failure.
///
/// Definitions and requests are sealed, as they hold secrets; records of runs are not. Copies share one connection; any
/// number of processes may work on one file at once.
/// @par Thread safety  safe
class sqlite_store
{
public:
    /// Opens the database, and makes it if it is missing.
    /// @param pool  the executor of a thread pool, where the disk is waited for
    /// @throws error  if it cannot be opened, is of a later version, or was sealed with another key
    ACRX_DECL sqlite_store(std::filesystem::path const& file, secret_box box, net::any_io_executor pool);

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

private:
    template<class F>
    auto ask(F work);

    std::shared_ptr<detail::sqlite_ledger> ledger_;
    net::any_io_executor pool_;
};
static_assert(run_store<sqlite_store>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/sqlite_store.ipp>
#endif
#endif
