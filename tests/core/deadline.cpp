#include <acrx/core/deadline.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(core_deadline)

namespace {
net::awaitable<std::string> after(std::chrono::milliseconds wait)
{
    net::steady_timer timer(co_await net::this_coro::executor, wait);
    co_await timer.async_wait(net::use_awaitable);
    co_return "done";
}

net::awaitable<void> failing()
{
    throw error(errc::damaged, "working");
    co_return;
}

template<class T>
T run(net::awaitable<T> work)
{
    net::io_context context;
    auto result = net::co_spawn(context, std::move(work), net::use_future);
    context.run();
    return result.get();
}

auto has_code(error_code code)
{
    return [code](boost::system::system_error const& e) { return e.code() == code; };
}
}  // namespace

BOOST_AUTO_TEST_CASE(gives_the_result_that_comes_in_time)
{
    BOOST_TEST(run(with_deadline(after(1ms), 1h, "waiting")) == "done");
}

BOOST_AUTO_TEST_CASE(stops_what_takes_too_long)
{
    BOOST_CHECK_EXCEPTION(run(with_deadline(after(1h), 5ms, "waiting")), error, has_code(errc::timed_out));
}

BOOST_AUTO_TEST_CASE(passes_an_error_on_at_once)
{
    BOOST_CHECK_EXCEPTION(run(with_deadline(failing(), 1h, "waiting")), error, has_code(errc::damaged));
}

BOOST_AUTO_TEST_CASE(passes_cancellation_on)
{
    net::io_context context;
    net::cancellation_signal cancel;
    auto result = net::co_spawn(context, with_deadline(after(1h), 1h, "waiting"),
                                net::bind_cancellation_slot(cancel.slot(), net::use_future));
    net::steady_timer soon(context, 5ms);
    soon.async_wait([&](error_code) { cancel.emit(net::cancellation_type::terminal); });
    context.run();
    BOOST_CHECK_EXCEPTION(result.get(), boost::system::system_error, has_code(net::error::operation_aborted));
}

BOOST_AUTO_TEST_SUITE_END()
