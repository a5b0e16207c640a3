// The order of steps, their attempts and limits, and what a failure does.
#include "task_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
using namespace acrx::testing;
namespace utf = boost::unit_test;

BOOST_AUTO_TEST_SUITE(task_runner_order, *utf::precondition(can_run_containers))

double seconds_of(auto const& work)
{
    auto const began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

boost::json::value record_of(shell_result const& result)
{
    return boost::json::parse(result.output.substr(result.output.find("{\n")));
}

BOOST_AUTO_TEST_CASE(a_failure_ends_the_run_and_stops_siblings_at_once)
{
    task_folder folder;
    shell_result result;
    auto const seconds = seconds_of([&] {
        result = folder.run("steps:\n"
                            "  - id: slow\n    cmd: busybox:base sleep 60\n    when: ['-']\n"
                            "  - id: bad\n    cmd: busybox:base sh -c 'sleep 1; exit 3'\n    when: ['-']\n"
                            "  - id: never\n    cmd: busybox:base echo no\n    when: [bad]\n",
                            "-o json 2>/dev/null");
    });
    BOOST_TEST(result.status == 1);
    auto const record = record_of(result);
    BOOST_TEST(record.at("status") == "Failed");
    BOOST_TEST(record.at("steps").at(0).at("status") == "canceled");
    BOOST_TEST(record.at("steps").at(1).at("status") == "failed");
    BOOST_TEST(record.at("steps").at(1).at("error") == "exit status 3");
    BOOST_TEST(record.at("steps").at(2).at("status") == "skipped");
    BOOST_TEST(record.at("error") == "failed to run step ID: bad: exit status 3");
    BOOST_TEST(seconds < 20);
}
BOOST_AUTO_TEST_CASE(a_step_is_tried_again_only_for_the_errors_it_names)
{
    task_folder folder;
    std::string const count = "sh -c 'echo x >> n; echo try; cat n | wc -l | grep -q 3 || { echo flaky; exit 1; }'";
    auto const output = folder.must_run("steps:\n  - id: it\n    cmd: busybox:base " + count
                                        + "\n    retries: 5\n    retryDelay: 1\n    retryOnErrors: [flaky]\n");
    BOOST_TEST(task_folder::printed(output, "it") == "try\nflaky\nattempt 2\ntry\nflaky\nattempt 3\ntry\n");
    auto const result = folder.run("steps:\n  - id: it\n    cmd: busybox:base sh -c 'echo other; exit 1'\n"
                                   "    retries: 5\n    retryOnErrors: [flaky]\n");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("attempt 2") == std::string::npos);
}
BOOST_AUTO_TEST_CASE(a_step_is_repeated)
{
    task_folder folder;
    auto const output = folder.must_run("steps:\n  - id: it\n    cmd: busybox:base echo again\n    repeat: 2\n");
    BOOST_TEST(task_folder::printed(output, "it") == "again\nattempt 2\nagain\nattempt 3\nagain\n");
}
BOOST_AUTO_TEST_CASE(a_push_is_neither_repeated_nor_tried_more_often_than_three_times)
{
    task_folder folder;
    auto const result = folder.run("steps:\n  - id: it\n    push: [nothing/here]\n    repeat: 2\n    retries: 4\n");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("attempt 2") == std::string::npos, result.output);
    BOOST_TEST(result.output.find("failed to run step ID: it: failed to push images successfully: ") != std::string::npos,
               result.output);
}
BOOST_AUTO_TEST_CASE(two_runs_of_one_id_do_not_meet)
{
    task_folder folder;
    auto const command = std::string(ACRX_QUICK) + " run --home " + folder.home + " --id twin --cmd ";
    auto const result = shell("(" + command + "\"busybox:base sh -c 'sleep 2; echo first'\" /dev/null > " + (folder / "first").string()
                              + ") & sleep 1; " + command + "'busybox:base echo second' /dev/null; wait; cat "
                              + (folder / "first").string());
    BOOST_TEST(task_folder::printed(result.output, "acb_step_0") == "second\nfirst\n", result.output);
}
BOOST_AUTO_TEST_CASE(a_step_that_ignores_sigterm_dies_when_its_time_is_up)
{
    task_folder folder;
    shell_result result;
    auto const seconds = seconds_of([&] {
        result = folder.run("steps:\n  - id: it\n    cmd: busybox:base sh -c 'trap \"\" TERM; while :; do sleep 1; done'\n"
                            "    timeout: 1\n");
    });
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("the step took longer than 1 s") != std::string::npos, result.output);
    BOOST_TEST(seconds < 20);
}
BOOST_AUTO_TEST_CASE(an_ignored_failure_is_a_success)
{
    task_folder folder;
    auto const output = folder.must_run("steps:\n  - id: bad\n    cmd: busybox:base sh -c 'exit 4'\n    ignoreErrors: true\n"
                                        "  - id: after\n    cmd: busybox:base echo reached\n");
    BOOST_TEST(task_folder::printed(output, "after") == "reached\n");
}
BOOST_AUTO_TEST_CASE(what_is_wrong_with_the_file_is_said_with_its_place)
{
    task_folder folder;
    auto const result = folder.run("steps:\n  - cmd: busybox:base true\n    when: [nobody]\n");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("acb.yaml:2:5") != std::string::npos, result.output);
    BOOST_TEST(result.output.find("nobody") != std::string::npos);
}
BOOST_AUTO_TEST_CASE(an_image_for_another_platform_is_told_from_a_failing_one)
{
    task_folder folder;
    folder.write("ctx/Dockerfile", "FROM scratch\nCOPY hello.txt /bin/sh\n");
    auto const result = folder.run("steps:\n  - build: --platform linux/s390x -t far:1 .\n  - {id: it, cmd: 'far:1 sh'}\n");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("far:1 is an image for linux/s390x, not for linux/") != std::string::npos, result.output);
}
BOOST_AUTO_TEST_CASE(a_run_can_be_limited)
{
    task_folder folder;
    auto const result = folder.run("steps:\n  - cmd: busybox:base sleep 60\n", "--timeout 1");
    BOOST_TEST(result.status == 124);
    BOOST_TEST(result.output.find("the run took longer than 1 s") != std::string::npos, result.output);
}
BOOST_AUTO_TEST_CASE(the_next_run_removes_what_a_killed_one_has_left)
{
    task_folder folder;
    folder.environment = "timeout -s KILL 4";
    auto const killed = folder.run("steps:\n  - {id: web, cmd: 'busybox:base sleep 98761', detach: true, ports: ['80']}\n"
                                   "  - {id: work, cmd: 'busybox:base sleep 98762'}\n");
    BOOST_TEST(killed.status == 137);
    folder.environment.clear();
    folder.must_run("steps:\n  - cmd: busybox:base true\n");
    BOOST_TEST(shell("pgrep -f 'sleep 9876[12]'").output == "");
    BOOST_TEST(shell("ls " + folder.home + "/tmp").output == "");
    BOOST_TEST(shell("ls " + folder.home + "/runs/networks").output == "");
}
BOOST_AUTO_TEST_CASE(dependencies_are_told_once_and_in_the_order_of_the_file)
{
    task_folder folder;
    folder.write("ctx/slow.df", "FROM busybox:base\nRUN sleep 2\n");
    folder.write("ctx/fast.df", "FROM busybox:base\n");
    auto const output = folder.must_run("steps:\n"
                                        "  - {id: slow, build: -t slow:1 -f slow.df ., when: ['-']}\n"
                                        "  - {id: fast, build: -t fast:1 -f fast.df ., when: ['-'], repeat: 1}\n");
    auto const slow = output.find("\"repository\":\"library/slow\"");
    auto const fast = output.find("\"repository\":\"library/fast\"");
    BOOST_TEST(slow < fast, output);
    BOOST_TEST_REQUIRE(fast != std::string::npos, output);
    BOOST_TEST(output.find("\"repository\":\"library/fast\"", fast + 1) == std::string::npos, output);
}

BOOST_AUTO_TEST_CASE(what_is_rendered_need_not_be_a_task)
{
    task_folder folder;
    folder.write("ctx/acb.yaml", "version: v1.1.0\nalias: {values: {a: b}}\n$a $(date) | ${HOME}: {{ upper \"x\" }} - [\n");
    auto const result = shell(std::string(ACRX_QUICK) + " render --home " + folder.home + " " + folder.context());
    BOOST_TEST(result.status == 0);
    BOOST_TEST(result.output == "version: v1.1.0\nb $(date) | ${HOME}: X - [\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_run_for_a_look)
{
    task_folder folder;
    std::string const task = "steps:\n  - id: a\n    cmd: busybox:base touch ran\n  - id: b\n    push: ['x:1']\n";
    BOOST_TEST(folder.run(task, "--dry-run").output == "[DRY RUN] a: cmd busybox:base touch ran\n[DRY RUN] b: push x:1  (after a)\n");
    auto const nameless = folder.run(task, "--dry-run --values none.yaml").output;
    BOOST_TEST(nameless.find("--values names a file") != std::string::npos, nameless);
    auto const misspelt = folder.run("steps:\n  - {cmd: a, tiemout: 3}\n", "--dry-run").output;
    BOOST_TEST(misspelt.find("warning: acb.yaml:2: ") != std::string::npos, misspelt);
    BOOST_TEST(misspelt.find("'tiemout'; it is ignored. Did you mean 'timeout'?") != std::string::npos, misspelt);
    auto const alias = folder.run("version: v1.1.0\nalias: {directives: '%'}\nsteps: []\n", "--dry-run").output;
    BOOST_TEST(alias.find("warning: acb.yaml:2: 'alias' has no property 'directives'") == 0U, alias);
    BOOST_TEST(folder.run(task, "--graph dot").output.find("digraph") != std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
