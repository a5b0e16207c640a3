#include <acrx/runner_cli/end_teller.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <acrx/run/sqlite_store.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace acrx;
using namespace acrx::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(runner_cli_end_teller)

namespace {
/// A hook that answers as it is told, and a store whose runs end without being carried out.
struct fixture
{
    scratch_folder folder;
    net::thread_pool pool{1};
    unsigned status = 200;
    std::vector<std::string> told = {};
    std::vector<std::string> troubles = {};
    scripted_server server{[this](seen_request const& request) {
        told.push_back(request.header("x-acrx-delivery"));
        return reply{.status = status};
    }};
    cli::standard_runner_service service = open();

    cli::standard_runner_service open()
    {
        return {sqlite_store(folder / "runner.db", secret_box(secret_key{}), pool.get_executor()), {folder / "logs", folder / "uploads"}};
    }
    std::string ended_run()
    {
        run_request request;
        request.what = text_step{.task = "steps: []"};
        auto const queued = run(service.schedule(request));
        run(service.cancel(queued.id));
        return queued.id;
    }
    /// Lets a teller work for a while.
    void tell_for(std::chrono::milliseconds time, time_point since = {})
    {
        cli::end_teller teller(open(), cli::finished_hook(server.url("/hook"), {}, {}), since,
                               [this](std::string const& id, std::string const& why) { troubles.push_back(id + ": " + why); });
        net::io_context host;
        net::cancellation_signal stop;
        auto ended = net::co_spawn(host, teller.run(), net::bind_cancellation_slot(stop.slot(), net::use_future));
        host.run_for(time);
        stop.emit(net::cancellation_type::terminal);
        host.run();
        BOOST_CHECK_THROW(ended.get(), std::exception);
    }
};
using words = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(asks_again_ever_later_and_gives_up_after_a_day)
{
    auto const noon = parse_rfc3339("2026-03-01T12:00:00Z");
    BOOST_TEST((cli::next_telling(noon, noon) == noon + 2s));
    BOOST_TEST((cli::next_telling(noon, noon - 5s) == noon - 3s));  // a clock that was set back
    BOOST_TEST((cli::next_telling(noon, noon + 10min) == noon + 20min));
    BOOST_TEST((cli::next_telling(noon, noon + 5h) == noon + 6h));
    BOOST_TEST(!cli::next_telling(noon, noon + 24h).has_value());
}

BOOST_FIXTURE_TEST_CASE(tells_each_run_once_in_the_order_of_their_ends, fixture)
{
    words const ids{ended_run(), ended_run()};
    tell_for(300ms);
    tell_for(300ms);
    BOOST_TEST(told == ids, boost::test_tools::per_element());
    BOOST_TEST(troubles.empty());
}

BOOST_FIXTURE_TEST_CASE(what_one_process_could_not_tell_the_next_one_tells, fixture)
{
    auto const id = ended_run();
    status = 500;
    tell_for(300ms);
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_REQUIRE(troubles.size() == 1U);
    BOOST_TEST(troubles.front().find(id + ": telling ") == 0U);
    BOOST_TEST(troubles.front().find("status 500") != std::string::npos, troubles.front());
    BOOST_TEST(troubles.front().find("; tried again at 20") != std::string::npos, troubles.front());
    status = 200;
    tell_for(4500ms);
    tell_for(300ms);
    BOOST_TEST(told == (words{id, id}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(tells_nothing_of_what_ended_before_there_was_a_hook, fixture)
{
    ended_run();
    auto const since = system_clock().now();
    tell_for(200ms, since);
    tell_for(200ms);
    BOOST_TEST(told.empty());
    auto const id = ended_run();
    tell_for(300ms, since);
    BOOST_TEST(told == words{id}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
