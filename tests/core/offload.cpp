#include <acrx/core/offload.hpp>

#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <thread>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(core_offload)

net::awaitable<bool> runs_elsewhere(net::any_io_executor pool)
{
    auto const home = std::this_thread::get_id();
    auto const there = co_await offload(pool, [](std::stop_token) { return std::this_thread::get_id(); });
    co_return there != home && home == std::this_thread::get_id();
}

BOOST_AUTO_TEST_CASE(runs_on_the_pool_and_resumes_at_home)
{
    net::io_context host;
    net::thread_pool pool(1);
    auto result = net::co_spawn(host, runs_elsewhere(pool.get_executor()), net::use_future);
    host.run();
    BOOST_CHECK(result.get());
}

BOOST_AUTO_TEST_CASE(rethrows_what_the_work_throws)
{
    net::io_context host;
    net::thread_pool pool(1);
    auto work = [](std::stop_token) -> int { throw std::runtime_error("no"); };
    auto result = net::co_spawn(host, offload(pool.get_executor(), work), net::use_future);
    host.run();
    BOOST_CHECK_THROW(result.get(), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(asks_the_work_to_stop_when_its_deadline_passes)
{
    net::io_context host;
    net::thread_pool pool(1);
    auto work = [](std::stop_token stop) {
        while (!stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return 1;
    };
    auto late = with_deadline(offload(pool.get_executor(), work), std::chrono::milliseconds(20), "waiting");
    auto result = net::co_spawn(host, std::move(late), net::use_future);
    host.run();
    BOOST_CHECK_EXCEPTION(result.get(), error, [](error const& e) { return e.code() == errc::timed_out; });
}

BOOST_AUTO_TEST_SUITE_END()
