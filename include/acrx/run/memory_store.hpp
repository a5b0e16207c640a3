// The run store for tests and programs that need no memory beyond their own life.
#ifndef ACRX_RUN_MEMORY_STORE_HPP
#define ACRX_RUN_MEMORY_STORE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_store.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace acrx {
namespace detail {
struct memory_ledger;
}

/// Keeps tasks and runs in memory; copies share them.
/// @par Thread safety
/// Shared objects: one strand.
class memory_store
{
public:
    ACRX_DECL memory_store();

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

private:
    std::shared_ptr<detail::memory_ledger> ledger_;
};
static_assert(run_store<memory_store>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/memory_store.ipp>
#endif
#endif
