#include <acrx/core/when_all.hpp>

#include <acrx/core/async_once.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(core_when_all)

net::awaitable<void> pause_then(std::chrono::milliseconds time, std::string& trace, char mark)
{
    net::steady_timer timer(co_await net::this_coro::executor, time);
    co_await timer.async_wait(net::use_awaitable);
    trace += mark;
}

net::awaitable<void> fail_after(std::chrono::milliseconds time)
{
    net::steady_timer timer(co_await net::this_coro::executor, time);
    co_await timer.async_wait(net::use_awaitable);
    throw std::runtime_error("no");
}

template<class T>
T await(net::awaitable<T> operation)
{
    net::io_context host;
    auto result = net::co_spawn(host, std::move(operation), net::use_future);
    host.run();
    return result.get();
}

BOOST_AUTO_TEST_CASE(waits_for_all)
{
    std::string trace;
    std::vector<net::awaitable<void>> all;
    all.push_back(pause_then(10ms, trace, 'b'));
    all.push_back(pause_then(1ms, trace, 'a'));
    await(when_all(std::move(all)));
    BOOST_TEST(trace == "ab");
    await(when_all({}));
}

BOOST_AUTO_TEST_CASE(keeps_the_order_with_a_limit_of_one)
{
    std::string trace;
    std::vector<net::awaitable<void>> all;
    all.push_back(pause_then(10ms, trace, 'a'));
    all.push_back(pause_then(1ms, trace, 'b'));
    await(when_all(std::move(all), 1));
    BOOST_TEST(trace == "ab");
}

BOOST_AUTO_TEST_CASE(cancels_the_others_when_one_fails)
{
    std::string trace;
    std::vector<net::awaitable<void>> all;
    all.push_back(pause_then(60s, trace, 'x'));
    all.push_back(fail_after(1ms));
    BOOST_CHECK_THROW(await(when_all(std::move(all))), std::runtime_error);
    BOOST_TEST(trace.empty());
}

net::awaitable<int> count_up(int& count)
{
    net::steady_timer timer(co_await net::this_coro::executor, 2ms);
    co_await timer.async_wait(net::use_awaitable);
    co_return ++count;
}

net::awaitable<void> ask(async_once<int>& once, int& count)
{
    auto make = count_up(count);
    auto const value = co_await once.get(std::move(make));
    BOOST_TEST(value == 1);
}

BOOST_AUTO_TEST_CASE(makes_a_value_once_for_all_who_ask)
{
    int count = 0;
    async_once<int> once;
    std::vector<net::awaitable<void>> all;
    for (int i = 0; i < 3; ++i)
        all.push_back(ask(once, count));
    await(when_all(std::move(all)));
    await(ask(once, count));
    BOOST_TEST(count == 1);
}

net::awaitable<void> cancel_after_when_all(bool& canceled)
{
    std::string trace;
    std::vector<net::awaitable<void>> all;
    all.push_back(pause_then(1ms, trace, 'a'));
    co_await when_all(std::move(all));
    try {
        co_await pause_then(60s, trace, 'x');
    } catch (boost::system::system_error const& e) {
        canceled = e.code() == net::error::operation_aborted;
    }
}

BOOST_AUTO_TEST_CASE(leaves_its_caller_as_cancellable_as_before)
{
    net::io_context host;
    net::cancellation_signal stop;
    bool canceled = false;
    net::co_spawn(host, cancel_after_when_all(canceled), net::bind_cancellation_slot(stop.slot(), [](std::exception_ptr) {}));
    net::steady_timer timer(host, 20ms);
    timer.async_wait([&](auto) { stop.emit(net::cancellation_type::terminal); });
    host.run();
    BOOST_TEST(canceled);
}

BOOST_AUTO_TEST_SUITE_END()
