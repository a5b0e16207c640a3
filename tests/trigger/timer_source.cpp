#include <acrx/trigger/timer_source.hpp>

#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>

#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <support/archetypes/clock.hpp>
#include <support/run.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(trigger_timer_source)

namespace {
auto const start = parse_rfc3339("2024-01-01T00:00:00Z");

timer_table table_of(std::string const& schedule)
{
    timer_table timers;
    timers.set({"task", "t1", parse_cron(schedule)}, start);
    return timers;
}

static_assert(trigger_source<timer_source<acrx::testing::clock_archetype>>);
}  // namespace

BOOST_AUTO_TEST_CASE(gives_a_year_of_ticks_in_no_time)
{
    manual_clock clock(start);
    timer_source source(clock, table_of("0 0 * * *"));
    auto const year = [&]() -> net::awaitable<int> {
        int ticks = 0;
        for (; *source.timers().next_due() < start + 24h * 366; ++ticks) {
            clock.set(*source.timers().next_due());
            auto event = co_await source.next();
            BOOST_CHECK(std::get<timer_tick>(event->what).occurrence == clock.now());
            co_await source.acknowledge();
        }
        co_return ticks;
    };
    BOOST_TEST(run(year()) == 365);
}

BOOST_AUTO_TEST_CASE(gives_a_tick_again_until_it_is_acknowledged)
{
    manual_clock clock(start + 1min);
    timer_source source(clock, table_of("* * * * *"));
    auto const first = run(source.next());
    BOOST_REQUIRE(first.has_value());
    BOOST_TEST(kind_name(*first) == "Timer");
    BOOST_CHECK(run(source.next()) == first);
    run(source.acknowledge());
    clock.advance(1min);
    BOOST_CHECK(run(source.next()) != first);
}

BOOST_AUTO_TEST_CASE(looks_again_when_it_is_woken)
{
    manual_clock clock(start);
    timer_source source(clock, table_of("0 0 * * *"));
    net::post(acrx::testing::test_context(), [&] {
        clock.advance(24h);
        net::post(acrx::testing::test_context(), [&] { source.wake(); });
    });
    auto const began = std::chrono::steady_clock::now();
    auto waiting = source.next();
    BOOST_CHECK(run(std::move(waiting)).has_value());
    BOOST_CHECK(std::chrono::steady_clock::now() - began < 30s);
}

BOOST_AUTO_TEST_CASE(stops_soon_when_cancelled_and_can_be_asked_again)
{
    manual_clock clock(start);
    timer_source source(clock, table_of("0 0 * * *"));
    BOOST_CHECK_THROW(run(with_deadline(source.next(), 5ms, "waiting for a tick")), error);
    clock.advance(24h);
    BOOST_CHECK(run(source.next()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
