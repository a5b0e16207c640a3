#include <acrx/triggered_runner/follow_tasks.hpp>

#include <boost/test/unit_test.hpp>

#include <triggered_runner/scripted_runner.hpp>

#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace acrx;
using acrx::testing::scripted_runner;
using acrx::testing::task_of;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(triggered_runner_follow_tasks)

namespace {
task_definition with_timer(std::string name, std::string schedule = "0 * * * *")
{
    auto task = task_of(std::move(name));
    task.triggers.timers = {{"t1", std::move(schedule), true}};
    return task;
}

/// What was told: `+name` of a new task, `~name` of one that is otherwise, `-name` of one that is gone.
std::vector<std::string> told(task_changes const& changes)
{
    std::vector<std::string> words;
    for (auto const& change : changes.tasks)
        words.push_back((!change.before ? "+" : !change.now ? "-" : "~") + change.name);
    return words;
}
using words = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(tells_only_what_was_edited)
{
    scripted_runner<> r;
    for (auto const* name : {"first", "second", "third"})
        r.wait(r.service.save_task(with_timer(name)));
    BOOST_TEST(told(r.wait(r.service.changes(true))) == (words{"+first", "+second", "+third"}), boost::test_tools::per_element());
    BOOST_TEST(r.wait(r.service.changes(false)).is_empty());
    r.wait(r.service.save_task(with_timer("First", "1 * * * *")));
    r.wait(r.service.save_task(with_timer("first", "2 * * * *")));
    r.wait(r.service.remove_task("second"));
    r.wait(r.service.save_task(with_timer("fourth")));
    auto const changes = r.wait(r.service.changes(false));
    BOOST_TEST(told(changes) == (words{"~first", "+fourth", "-second"}), boost::test_tools::per_element());
    BOOST_TEST(changes.tasks.front().before->triggers.timers.front().schedule == "0 * * * *");
    BOOST_TEST(changes.tasks.front().now->triggers.timers.front().schedule == "2 * * * *");
    BOOST_TEST(told(r.wait(r.service.changes(true))) == (words{"+first", "+fourth", "+third"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(timers_follow_edits_of_others_on_the_same_store)
{
    memory_store store;
    scripted_runner<> r({.lease = 300ms}, store);
    r.wait(r.service.save_task(with_timer("first")));
    r.start();
    basic_runner_service other(store, {r.folder / "logs2", r.folder / "uploads2"}, r.clock);
    r.wait(other.save_task(with_timer("second")));
    r.wait(other.remove_task("first"));
    std::this_thread::sleep_for(150ms);  // it looks by itself thrice a lease
    r.settle();
    r.clock.advance(61min);
    r.runner.triggers().template get<0>().wake();
    r.settle();
    r.settle();
    auto const records = r.records();
    BOOST_REQUIRE(records.size() == 1U);
    BOOST_TEST(records.front().task == "second");
}

BOOST_AUTO_TEST_CASE(an_event_finds_the_task_that_another_saved_just_now)
{
    memory_store store;
    scripted_runner<> r({}, store);
    r.wait(r.service.save_task(task_of("first")));
    BOOST_TEST(r.wait(r.service.tasks_on("https://example.com/o/r")).empty());
    basic_runner_service other(store, {r.folder / "logs2", r.folder / "uploads2"}, r.clock);
    auto task = task_of("second");
    task.triggers.sources.emplace_back().filter.repository_url = "https://example.com/o/r.git";
    r.wait(other.save_task(task));
    BOOST_TEST(r.wait(r.service.tasks_on("https://example.com/o/r")).size() == 1U);
    git_push push;
    push.repository_url = "https://example.com/o/r.git";
    push.branch = push.default_branch = "main";
    push.commit = std::string(40, 'a');
    BOOST_TEST(r.wait(r.service.accept({"1", "GitHub", push})).runs.size() == 1U);
    r.wait(other.remove_task("second"));
    push.commit = std::string(40, 'b');
    BOOST_TEST(r.wait(r.service.accept({"2", "GitHub", push})).runs.empty());
}

BOOST_AUTO_TEST_SUITE_END()
