// Each run store there is, and runs to put into it.
#ifndef ACRX_TESTS_RUN_STORE_PLACES_HPP
#define ACRX_TESTS_RUN_STORE_PLACES_HPP

#include <acrx/run/memory_store.hpp>
#include <acrx/run/postgres_store.hpp>
#include <acrx/run/sqlite_store.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/mpl/list.hpp>

#include <support/postgres_cluster.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <optional>
#include <string>
#include <utility>

namespace acrx::testing {
inline time_point const noon = parse_rfc3339("2026-03-01T12:00:00Z");

struct in_memory
{
    memory_store store;
};

struct on_disk
{
    scratch_folder folder;
    net::thread_pool pool{2};
    sqlite_store store{folder.path() / "runner.db", secret_box(secret_key{}), pool.get_executor()};

    sqlite_store again() { return {folder.path() / "runner.db", secret_box(secret_key{}), pool.get_executor()}; }
};

struct on_server
{
    std::string url = postgres_cluster::shared().new_schema();
    net::thread_pool pool{2};
    postgres_store store{url, secret_box(secret_key{}), pool.get_executor(), 2};
};

using places = boost::mpl::list<in_memory, on_disk, on_server>;

inline new_run some_run(std::string task = {}, std::string pool = {}, int priority = 0)
{
    new_run made;
    made.record.task = std::move(task);
    made.record.agent_pool = std::move(pool);
    made.record.priority = priority;
    made.record.created = noon;
    made.record.cause.event.what = manual_request{made.record.task, "somebody"};
    made.request.what = text_step{.task = "steps: []"};
    made.request.context_token = "geheim";
    return made;
}

template<class Store>
std::optional<claimed_run> claim(Store& store, std::string pool = {}, time_point until = noon + std::chrono::seconds(30))
{
    return run(store.claim({.worker = "w", .pool = std::move(pool), .at = noon + std::chrono::seconds(1), .until = until}));
}
}  // namespace acrx::testing
#endif
