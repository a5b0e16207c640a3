#include <acrx/run/run_steps.hpp>

#include <acrx/run/run_logs.hpp>
#include <acrx/task/task_file.hpp>

#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(run_run_steps)

namespace {
auto const noon = parse_rfc3339("2026-03-01T12:00:00Z");

task_step step_of(std::string id, step_kind kind, std::vector<std::string> when)
{
    task_step step;
    step.id = std::move(id);
    step.kind = kind;
    step.when = std::move(when);
    return step;
}

run_steps planned_steps()
{
    std::vector<task_step> const task{step_of("build", step_kind::build, {"-"}), step_of("lint", step_kind::cmd, {"-"}),
                                      step_of("push", step_kind::push, {"build", "lint"})};
    run_steps steps;
    BOOST_TEST(steps.take(task_planned{{"build", "lint", "push"}, step_graph(task)}, noon));
    return steps;
}
}  // namespace

BOOST_AUTO_TEST_CASE(know_what_waits_for_what_before_anything_begins)
{
    auto const steps = planned_steps();
    BOOST_TEST(to_json(steps.all()) == R"([{"id":"build","kind":"build","when":[],"status":"skipped"},)"
                                       R"({"id":"lint","kind":"cmd","when":[],"status":"skipped"},)"
                                       R"({"id":"push","kind":"push","when":["build","lint"],"status":"skipped"}])");
}

BOOST_AUTO_TEST_CASE(follow_attempts_and_ends)
{
    auto steps = planned_steps();
    BOOST_TEST(steps.take(step_began{0, 1}, noon + 1s));
    BOOST_TEST(!steps.take(step_printed{0, "hello\n"}, noon + 2s));
    BOOST_TEST(!steps.take(task_note{build_note::severity::warning, "look"}, noon + 2s));
    BOOST_TEST((steps.all()[0].status == step_status::in_progress));
    BOOST_TEST(steps.take(step_began{0, 2}, noon + 3s));
    BOOST_TEST(steps.take(step_ended{0, step_status::failed, "exit \"status\" 1"}, noon + 4s));
    BOOST_TEST(to_json(std::span(steps.all()).first(1))
               == R"([{"id":"build","kind":"build","when":[],"status":"failed","attempt":2,"startTime":"2026-03-01T12:00:01Z",)"
                  R"("finishTime":"2026-03-01T12:00:04Z","error":"exit \"status\" 1"}])");
}

BOOST_AUTO_TEST_CASE(lie_beside_the_log_and_go_with_it)
{
    acrx::testing::scratch_folder folder;
    run_logs const logs(folder / "logs");
    BOOST_TEST(logs.steps("ca1") == "");
    auto log = logs.open("ca1");
    log.keep_steps("[]");
    log.keep_steps("[1]");
    log.append("hello\n");
    BOOST_TEST(logs.steps("ca1") == "[1]");
    BOOST_TEST(logs.steps("ca2") == "");
    BOOST_TEST(log.lost() == 0u);
    logs.remove("ca1");
    BOOST_TEST(logs.steps("ca1") == "");
    std::filesystem::remove_all(folder / "logs");
    log.keep_steps("[12]");
    BOOST_TEST(log.lost() == 4u);
}
BOOST_AUTO_TEST_SUITE_END()
