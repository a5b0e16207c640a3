#include <acrx/build/detail/work_slots.hpp>

#include "support/run.hpp"

#include <acrx/core/deadline.hpp>
#include <acrx/core/when_all.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(build_work_slots)
namespace {
/// Work that notes its name when it starts, and how many go on at once.
struct bounded_work
{
    explicit bounded_work(std::size_t count) : slots(count) {}

    net::awaitable<void> work(char name)
    {
        auto const slot = co_await slots.take();
        order += name;
        most = std::max(most, ++running);
        net::steady_timer pause(co_await net::this_coro::executor, std::chrono::milliseconds(5));
        co_await pause.async_wait(net::use_awaitable);
        --running;
    }
    net::awaitable<void> impatient()
    {
        auto const slot = co_await slots.take();
        order += '!';
    }

    detail::work_slots slots;
    std::string order;
    int running = 0;
    int most = 0;
};
}  // namespace

BOOST_AUTO_TEST_CASE(bounds_what_runs_at_once_in_the_order_of_arrival)
{
    bounded_work host(2);
    std::vector<net::awaitable<void>> all;
    for (char name = 'a'; name < 'h'; ++name)
        all.push_back(host.work(name));
    run(when_all(std::move(all)));
    BOOST_TEST(host.most == 2);
    BOOST_TEST(host.order == "abcdefg");
}

BOOST_AUTO_TEST_CASE(loses_no_slot_to_a_waiter_that_was_cancelled)
{
    bounded_work host(1);
    auto const hold = [&]() -> net::awaitable<void> {
        auto const slot = co_await host.slots.take();
        auto wait = with_deadline(host.impatient(), std::chrono::milliseconds(5), "waiting");
        try {
            co_await std::move(wait);
        } catch (boost::system::system_error const&) {
            host.order += 'x';
        }
    };
    run(hold());
    run(host.work('a'));
    BOOST_TEST(host.order == "xa");
}

BOOST_AUTO_TEST_SUITE_END()
