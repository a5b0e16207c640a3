// Two runners on one database, at the same time.
#include <acrx/run/postgres_store.hpp>
#include <acrx/run/sqlite_store.hpp>
#include <acrx/triggered_runner/runner_service.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <support/postgres_cluster.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <triggered_runner/scripted_runner.hpp>

#include <future>
#include <string>
#include <utility>

using namespace acrx;
using acrx::testing::run;
using acrx::testing::task_of;

BOOST_AUTO_TEST_SUITE(triggered_runner_shared_store)

namespace {
struct on_disk
{
    acrx::testing::scratch_folder folder;
    net::thread_pool pool{2};

    sqlite_store open() { return {folder / "runner.db", secret_box(secret_key{}), pool.get_executor()}; }
};

struct on_server
{
    acrx::testing::scratch_folder folder;
    net::thread_pool pool{4};
    std::string url = acrx::testing::postgres_cluster::shared().new_schema();

    postgres_store open() { return {url, secret_box(secret_key{}), pool.get_executor(), 2}; }
};

using places = boost::mpl::list<on_disk, on_server>;

trigger_event pushed(std::string const& content)
{
    return {{}, "distribution", image_update{{{"r.example", "base", "1", digest_of(content)}}}};
}
}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(fires_once_for_each_digest_that_both_see_at_once, Place, places)
{
    Place place;
    basic_runner_service a(place.open(), {place.folder / "logs", place.folder / "uploads"}, manual_clock{});
    basic_runner_service b(place.open(), {place.folder / "logs", place.folder / "uploads"}, manual_clock{});
    auto task = task_of("website");
    task.triggers.base_image = base_image_trigger{};
    run(a.save_task(task));

    base_image_book book;
    book.load({task}, {});
    image_dependencies used;
    used.runtime = parse_image_dependency("r.example/base:1");
    used.runtime.digest = digest_of("0").str();
    run(place.open().accept({.shared = book.record("website", {used}, {})}));

    std::size_t runs = 0;
    constexpr std::size_t digests = 20;
    for (std::size_t i = 1; i <= digests; ++i) {
        net::io_context host;
        auto at_a = net::co_spawn(host, a.accept(pushed(std::to_string(i))), net::use_future);
        auto at_b = net::co_spawn(host, b.accept(pushed(std::to_string(i))), net::use_future);
        host.run();
        runs += at_a.get().runs.size() + at_b.get().runs.size();
        BOOST_TEST(runs == i);
    }
    BOOST_TEST(run(a.runs({.top = 0})).runs.size() == digests);
}

BOOST_AUTO_TEST_SUITE_END()
