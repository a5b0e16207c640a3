#include <acrx/cli/task_lines.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

#include <chrono>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(cli_task_lines)

BOOST_AUTO_TEST_CASE(name_step_and_time)
{
    cli::task_lines lines;
    time_point const start{100s};
    BOOST_TEST(lines.take(task_planned{{"web", "build"}}, start) == "");
    BOOST_TEST(lines.take(step_began{0, 1}, start) == "web   |   0.0 started\n");
    BOOST_TEST(lines.take(step_printed{0, "one\r\ntwo\nthr"}, start + 1200ms) == "web   |   1.2 one\nweb   |   1.2 two\n");
    BOOST_TEST(lines.take(step_printed{0, "ee\n"}, start + 2s) == "web   |   2.0 three\n");
    BOOST_TEST(lines.take(step_printed{0, "cut"}, start + 3s) == "");
    BOOST_TEST(lines.take(step_ended{0, step_status::failed, "exit status 1"}, start + 3s)
               == "web   |   3.0 cut\nweb   |   3.0 failed\nweb   |   3.0 error: exit status 1\n");
    BOOST_TEST(lines.take(step_began{1, 2}, start) == "build |   0.0 attempt 2\n");
    BOOST_TEST(lines.take(task_note{build_note::severity::warning, "look"}, start) == "warning: look\n");
}
BOOST_AUTO_TEST_CASE(of_a_build_are_those_of_its_log)
{
    cli::task_lines lines;
    time_point const start{100s};
    lines.take(task_planned{{"b"}}, start);
    lines.take(step_began{0, 1}, start);
    BOOST_TEST(lines.take(step_built{0, work_started{1, "[1/2] RUN x"}}, start) == "b |   0.0 #1 [1/2] RUN x\n");
}
BOOST_AUTO_TEST_CASE(that_are_open_come_at_the_end)
{
    cli::task_lines lines;
    time_point const start{100s};
    lines.take(task_planned{{"b"}}, start);
    lines.take(step_began{0, 1}, start);
    lines.take(step_printed{0, "half"}, start);
    BOOST_TEST(lines.finish(start) == "b |   0.0 half\n");
    BOOST_TEST(lines.finish(start) == "");
}
BOOST_AUTO_TEST_SUITE_END()
