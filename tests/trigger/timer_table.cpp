#include <acrx/trigger/timer_table.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(trigger_timer_table)

namespace {
auto const start = parse_rfc3339("2024-01-01T00:00:00Z");

timer timer_of(std::string const& name, std::string const& schedule)
{
    return {"task", name, parse_cron(schedule)};
}

/// Every tick that is due now, each handled.
std::vector<std::string> drain(timer_table& timers, acrx::time_point now)
{
    std::vector<std::string> ticks;
    while (auto const tick = timers.due(now)) {
        ticks.push_back(tick->timer + " " + to_rfc3339(tick->occurrence));
        timers.handle(*tick);
    }
    return ticks;
}

using list = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(a_tick_is_due_at_its_instant_until_it_is_handled)
{
    timer_table timers;
    timers.set(timer_of("t1", "30 9 * * *"), start);
    BOOST_CHECK(timers.next_due() == start + 9h + 30min);
    BOOST_CHECK(!timers.due(start + 9h + 30min - 1ns));
    auto const tick = timers.due(start + 9h + 30min);
    BOOST_REQUIRE(tick.has_value());
    BOOST_CHECK(timers.due(start + 9h + 30min) == tick);
    timers.handle(*tick);
    BOOST_CHECK(!timers.due(start + 9h + 31min));
    BOOST_CHECK(timers.next_due() == start + 33h + 30min);
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_fires_nothing_twice)
{
    timer_table timers;
    timers.set(timer_of("t1", "* * * * *"), start);
    BOOST_TEST(drain(timers, start + 1min).size() == 1U);
    BOOST_TEST(drain(timers, start).empty());
    BOOST_TEST(drain(timers, start + 1min).empty());
    BOOST_TEST(drain(timers, start + 2min).size() == 1U);
}

BOOST_AUTO_TEST_CASE(missed_ticks_follow_the_policy)
{
    auto const missed = [](missed_ticks policy, std::chrono::seconds limit) {
        timer_table timers(policy, limit);
        timers.set(timer_of("t", "0 */6 * * *"), start);
        return drain(timers, start + 19h);
    };
    BOOST_TEST(missed(missed_ticks::one, 24h) == list{"t 2024-01-01T18:00:00Z"});
    BOOST_TEST(missed(missed_ticks::one, 30min) == list{});
    BOOST_TEST(missed(missed_ticks::none, 24h) == list{});
    BOOST_TEST(missed(missed_ticks::each, 24h)
               == (list{"t 2024-01-01T06:00:00Z", "t 2024-01-01T12:00:00Z", "t 2024-01-01T18:00:00Z"}));
    BOOST_TEST(missed(missed_ticks::each, 8h) == (list{"t 2024-01-01T12:00:00Z", "t 2024-01-01T18:00:00Z"}));
}

BOOST_AUTO_TEST_CASE(catches_up_with_a_bounded_number_of_ticks)
{
    timer_table timers(missed_ticks::each, 24h * 365);
    timers.set(timer_of("t", "* * * * *"), start);
    BOOST_TEST(drain(timers, start + 24h * 30).size() == most_missed_ticks);
}

BOOST_AUTO_TEST_CASE(a_tick_that_is_noticed_a_little_late_is_not_missed)
{
    timer_table timers(missed_ticks::none);
    timers.set(timer_of("t", "* * * * *"), start);
    BOOST_TEST(drain(timers, start + 1min + 30s).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_year_of_timers_takes_no_time)
{
    timer_table timers;
    timers.set(timer_of("hourly", "0 * * * *"), start);
    timers.set(timer_of("weekdays", "30 9 * * Mon-Fri"), start);
    timers.set(timer_of("leap", "0 0 29 2 *"), start);
    std::size_t ticks = 0;
    auto now = start;
    while (*timers.next_due() < start + 24h * 366) {
        now = *timers.next_due();
        ticks += drain(timers, now).size();
    }
    BOOST_TEST(ticks == 366U * 24 - 1 + 262 + 1);
}

BOOST_AUTO_TEST_CASE(timers_can_be_edited_and_erased)
{
    timer_table timers;
    timers.set(timer_of("t", "* * * * *"), start);
    timers.set(timer_of("t", "0 12 * * *"), start);
    BOOST_TEST(timers.size() == 1U);
    BOOST_CHECK(timers.next_due() == start + 12h);
    timers.erase("task", "t");
    timers.erase("task", "t");
    BOOST_CHECK(!timers.next_due());
    BOOST_CHECK(!timers.due(start + 24h));
    timers.handle({"task", "t", start});
}

BOOST_AUTO_TEST_CASE(refuses_a_schedule_that_never_fires)
{
    timer_table timers;
    BOOST_CHECK_EXCEPTION(timers.set(timer_of("t", "0 0 30 2 *"), start), error,
                          [](error const& e) { return e.code() == errc::invalid_argument; });
    BOOST_TEST(timers.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
