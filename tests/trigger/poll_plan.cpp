#include <acrx/trigger/poll_plan.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(trigger_poll_plan)

namespace {
reference image(std::string const& name)
{
    return parse_reference(name);
}

std::size_t count(std::vector<poll_batch> const& batches)
{
    std::size_t sum = 0;
    for (auto const& batch : batches)
        sum += batch.requests.size();
    return sum;
}
}  // namespace

BOOST_AUTO_TEST_CASE(an_empty_plan_waits_for_nothing)
{
    poll_plan plan;
    BOOST_CHECK(!plan.next_poll({}));
    BOOST_TEST(plan.take_due({}).empty());
}

BOOST_AUTO_TEST_CASE(looks_at_each_tag_at_random_times_within_the_bounds)
{
    poll_plan plan;
    acrx::time_point now{};
    plan.watch(image("node"), now);
    plan.watch(image("node"), now);
    BOOST_TEST(plan.size() == 1U);
    now = *plan.next_poll(now);
    BOOST_TEST((now <= acrx::time_point(10min)));
    std::map<std::chrono::nanoseconds, int> pauses;
    for (int i = 0; i < 50; ++i) {
        BOOST_REQUIRE(count(plan.take_due(now)) == 1U);
        BOOST_CHECK(!plan.next_poll(now));
        plan.answered(image("node"), "\"x\"", now);
        auto const next = *plan.next_poll(now);
        BOOST_TEST((next - now >= 10min && next - now <= 60min));
        ++pauses[next - now];
        now = next;
    }
    BOOST_TEST(pauses.size() > 40U);
    BOOST_TEST(plan.take_due(now).at(0).requests.at(0).etag == "\"x\"");
}

BOOST_AUTO_TEST_CASE(asks_each_registry_for_its_own_tags_and_no_more_than_the_limit)
{
    poll_plan plan;
    for (int i = 0; i < 20; ++i) {
        plan.watch(image("a.io/x" + std::to_string(i)), {});
        plan.watch(image("b.io/x" + std::to_string(i)), {});
    }
    acrx::time_point const later(1h);
    auto const batches = plan.take_due(later, 5);
    BOOST_REQUIRE(batches.size() == 2U);
    BOOST_TEST(batches[0].registry == "a.io");
    BOOST_TEST(batches[0].requests.size() == 5U);
    BOOST_TEST(count(plan.take_due(later)) == 30U);
}

BOOST_AUTO_TEST_CASE(a_registry_that_fails_is_asked_ever_later_and_the_others_are_not)
{
    poll_plan plan;
    plan.watch(image("a.io/x"), {});
    plan.watch(image("b.io/x"), {});
    acrx::time_point now(1h);
    plan.take_due(now);
    plan.answered(image("b.io/x"), {}, now);
    std::chrono::nanoseconds last{};
    for (int i = 0; i < 12; ++i) {
        plan.failed(image("a.io/x"), now);
        plan.unwatch(image("b.io/x"));
        auto const next = *plan.next_poll(now);
        BOOST_TEST((next - now >= last * 3 / 4));
        BOOST_TEST((next - now <= 450min));
        last = next - now;
        now = next;
        BOOST_TEST(count(plan.take_due(now)) == 1U);
    }
    BOOST_TEST((last >= 6h));
    plan.answered(image("a.io/x"), {}, now);
    BOOST_TEST((*plan.next_poll(now) - now <= 60min));
}

BOOST_AUTO_TEST_CASE(honours_what_a_registry_asks_for_but_never_less_than_its_own_pause)
{
    poll_plan plan;
    plan.watch(image("a.io/x"), {});
    acrx::time_point const now(1h);
    plan.take_due(now);
    plan.failed(image("a.io/x"), now, 2h);
    BOOST_TEST((*plan.next_poll(now) >= now + 2h));
    plan.hurry(image("a.io/x"), now);
    BOOST_TEST((*plan.next_poll(now) >= now + 2h));
}

BOOST_AUTO_TEST_CASE(a_hint_makes_a_tag_due_at_once)
{
    poll_plan plan;
    plan.watch(image("a.io/x"), {});
    plan.take_due(acrx::time_point(1h));
    plan.answered(image("a.io/x"), {}, acrx::time_point(1h));
    plan.hurry(image("a.io/x"), acrx::time_point(1h));
    BOOST_CHECK(plan.next_poll(acrx::time_point(1h)) == acrx::time_point(1h));
}

BOOST_AUTO_TEST_CASE(ten_thousand_tags_are_spread_over_the_time)
{
    poll_plan plan;
    for (int i = 0; i < 10000; ++i)
        plan.watch(image("r.io/x" + std::to_string(i)), {});
    std::size_t asked = 0;
    std::size_t most = 0;
    for (acrx::time_point now{}; now < acrx::time_point(3h); now += 1min) {
        for (auto const& batch : plan.take_due(now)) {
            asked += batch.requests.size();
            most = now < acrx::time_point(70min) ? most : std::max(most, batch.requests.size());
            for (auto const& request : batch.requests)
                plan.answered(request.image, {}, now);
        }
    }
    BOOST_TEST(asked > 10000U * 4);
    BOOST_TEST(asked < 10000U * 8);
    BOOST_TEST(most < 600U);
}

BOOST_AUTO_TEST_SUITE_END()
