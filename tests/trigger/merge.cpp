#include <acrx/trigger/merge.hpp>

#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/trigger/timer_source.hpp>

#include <boost/test/unit_test.hpp>

#include <support/archetypes/trigger_source.hpp>
#include <support/run.hpp>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <utility>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(trigger_merge)

namespace {
/// Tells the names that it was given, and fails at "fail".
class list_source
{
public:
    explicit list_source(std::deque<std::string> names) : names_(std::move(names)) {}

    net::awaitable<std::optional<trigger_event>> next()
    {
        if (names_.empty())
            co_return std::nullopt;
        if (names_.front() == "fail")
            throw error(errc::unavailable, "asking a list");
        trigger_event event;
        event.id = names_.front();
        co_return event;
    }
    net::awaitable<void> acknowledge()
    {
        names_.pop_front();
        co_return;
    }

private:
    std::deque<std::string> names_;
};

template<class Source>
std::string drain(Source& source)
{
    std::string ids;
    while (auto const event = run(source.next())) {
        ids += event->id;
        run(source.acknowledge());
    }
    return ids;
}

static_assert(trigger_source<merged_source<acrx::testing::trigger_source_archetype, list_source>>);
}  // namespace

BOOST_AUTO_TEST_CASE(tells_what_all_sources_tell_in_turn)
{
    auto merged = merge(list_source({"a", "b", "c"}), list_source({"1", "2"}), list_source({}));
    auto const ids = drain(merged);
    BOOST_TEST(ids.size() == 5U);
    for (char const c : std::string("abc12"))
        BOOST_TEST(ids.find(c) != ids.npos);
    BOOST_TEST(ids.find('2') < ids.find('c'));
}

BOOST_AUTO_TEST_CASE(gives_an_event_until_it_is_acknowledged)
{
    auto merged = merge(list_source({"a"}));
    BOOST_TEST(run(merged.next())->id == "a");
    BOOST_TEST(run(merged.next())->id == "a");
    run(merged.acknowledge());
    run(merged.acknowledge());
    BOOST_CHECK(!run(merged.next()));
}

BOOST_AUTO_TEST_CASE(a_source_that_waits_does_not_hold_up_the_others_and_loses_nothing)
{
    manual_clock clock(parse_rfc3339("2024-01-01T00:00:00Z"));
    timer_table timers;
    timers.set({"task", "t1", parse_cron("0 0 * * *")}, clock.now());
    auto merged = merge(timer_source(clock, timers), list_source({"a"}));
    BOOST_TEST(run(merged.next())->id == "a");
    run(merged.acknowledge());
    clock.advance(24h);
    auto const tick = run(merged.next());
    BOOST_TEST(kind_name(*tick) == "Timer");
    run(merged.acknowledge());
    BOOST_TEST((*merged.get<0>().timers().next_due() == clock.now() + 24h));
}

BOOST_AUTO_TEST_CASE(throws_what_a_source_throws)
{
    auto merged = merge(list_source({"fail"}));
    BOOST_CHECK_THROW(run(merged.next()), error);
}

BOOST_AUTO_TEST_SUITE_END()
