#include <acrx/task/step_schedule.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

using namespace acrx;
using enum step_outcome;

BOOST_AUTO_TEST_SUITE(task_step_schedule)

namespace {
using indexes = std::vector<std::size_t>;

task_step step(std::string id, std::vector<std::string> when = {}, bool ignore_errors = false)
{
    return {.id = std::move(id), .command = "a", .when = std::move(when), .ignore_errors = ignore_errors};
}
}  // namespace

BOOST_AUTO_TEST_CASE(steps_start_when_all_they_wait_for_have_succeeded)
{
    step_schedule schedule({step("a", {"-"}), step("b", {"-"}), step("c", {"a", "b"}), step("d", {"a"})});
    BOOST_TEST(schedule.start() == (indexes{0, 1}));
    BOOST_TEST(schedule.start() == indexes{});
    BOOST_TEST((schedule.status(0) == step_status::in_progress && schedule.status(2) == step_status::skipped));
    schedule.finished(0, succeeded);
    BOOST_TEST(schedule.start() == (indexes{3}));
    schedule.finished(1, succeeded);
    BOOST_TEST(schedule.start() == (indexes{2}));
    BOOST_TEST(!schedule.is_done());
    schedule.finished(3, succeeded);
    schedule.finished(2, succeeded);
    BOOST_TEST(schedule.is_done());
    BOOST_TEST(schedule.succeeded());
    BOOST_TEST(schedule.stop() == indexes{});
    BOOST_TEST(schedule.started() == (indexes{0, 1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(a_failure_stops_siblings_and_skips_the_rest)
{
    step_schedule schedule({step("a", {"-"}), step("b", {"-"}), step("c", {"-"}), step("d", {"a"})});
    schedule.start();
    schedule.finished(0, succeeded);
    schedule.finished(1, failed);
    BOOST_TEST(schedule.start() == indexes{});
    BOOST_TEST(schedule.stop() == (indexes{2}));
    BOOST_TEST(schedule.stop() == indexes{});
    BOOST_TEST(!schedule.is_done());
    schedule.finished(2, canceled);
    BOOST_TEST(schedule.is_done());
    BOOST_TEST(!schedule.succeeded());
    BOOST_TEST((schedule.first_failure() == std::optional<std::size_t>(1)));
    BOOST_TEST(!schedule.is_canceled());
    std::map<std::size_t, step_status> const wanted{
        {0, step_status::successful}, {1, step_status::failed}, {2, step_status::canceled}, {3, step_status::skipped}};
    for (auto const& [index, status] : wanted)
        BOOST_TEST((schedule.status(index) == status), index);
    BOOST_TEST(schedule.started() == (indexes{0, 1, 2}));
}

BOOST_AUTO_TEST_CASE(a_sibling_that_ends_by_itself_after_a_failure_keeps_its_own_end)
{
    step_schedule schedule({step("a", {"-"}), step("b", {"-"}), step("c", {"-"})});
    schedule.start();
    schedule.finished(0, failed);
    schedule.finished(1, failed);
    schedule.finished(2, succeeded);
    BOOST_TEST(schedule.is_done());
    BOOST_TEST((schedule.first_failure() == std::optional<std::size_t>(0)));
    BOOST_TEST((schedule.status(1) == step_status::failed && schedule.status(2) == step_status::successful));
}

BOOST_AUTO_TEST_CASE(a_failure_that_is_ignored_counts_as_success)
{
    step_schedule schedule({step("a", {}, true), step("b")});
    schedule.start();
    schedule.finished(0, failed);
    BOOST_TEST((schedule.status(0) == step_status::successful));
    BOOST_TEST(schedule.start() == (indexes{1}));
    schedule.finished(1, succeeded);
    BOOST_TEST(schedule.succeeded());
}

BOOST_AUTO_TEST_CASE(a_canceled_run_stops_what_runs)
{
    step_schedule schedule({step("a", {"-"}), step("b", {"-"}, true), step("c")});
    schedule.start();
    schedule.cancel();
    BOOST_TEST(schedule.stop() == (indexes{0, 1}));
    schedule.finished(0, canceled);
    schedule.finished(1, canceled);
    BOOST_TEST(schedule.is_done());
    BOOST_TEST(!schedule.succeeded());
    BOOST_TEST(schedule.is_canceled());
    BOOST_TEST((schedule.status(1) == step_status::canceled));
    BOOST_TEST(schedule.start() == indexes{});
}

BOOST_AUTO_TEST_CASE(no_steps_are_done_at_once)
{
    step_schedule const schedule({});
    BOOST_TEST(schedule.is_done());
    BOOST_TEST(schedule.succeeded());
}

BOOST_AUTO_TEST_CASE(each_step_runs_once_after_all_it_waits_for_whatever_the_order)
{
    std::vector<task_step> steps;
    for (int i = 0; i < 200; ++i) {
        std::vector<std::string> when;
        for (int j = 1; j <= 3; ++j)
            if (i - j * (i % 5 + 1) >= 0)
                when.push_back("s" + std::to_string(i - j * (i % 5 + 1)));
        steps.push_back(step("s" + std::to_string(i), when.empty() ? std::vector<std::string>{"-"} : when));
    }
    step_schedule schedule(steps);
    std::set<std::size_t> running;
    std::set<std::size_t> done;
    unsigned random = 1;
    while (!schedule.is_done()) {
        for (auto const next : schedule.start()) {
            for (auto const before : schedule.graph()[next].after)
                BOOST_TEST(done.contains(before));
            BOOST_TEST(running.insert(next).second);
        }
        random = random * 1103515245U + 12345U;
        BOOST_REQUIRE(!running.empty());
        auto const end = std::next(running.begin(), static_cast<std::ptrdiff_t>(random / 65536U % running.size()));
        schedule.finished(*end, succeeded);
        done.insert(*end);
        running.erase(end);
    }
    BOOST_TEST(done.size() == steps.size());
}

BOOST_AUTO_TEST_SUITE_END()
