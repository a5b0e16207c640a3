#include <acrx/triggered_runner/basic_triggered_runner.hpp>

#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

#include <triggered_runner/scripted_runner.hpp>

#include <string>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::scripted_runner;
using acrx::testing::task_of;

BOOST_AUTO_TEST_SUITE(triggered_runner_basic_triggered_runner)

namespace {
git_push push_of(std::string commit)
{
    git_push push;
    push.repository_url = "https://example.com/o/r";
    push.branch = "main";
    push.default_branch = "main";
    push.commit = std::move(commit);
    return push;
}

trigger_event event_of(git_push push, std::string id = {})
{
    return {std::move(id), "GitHub", std::move(push)};
}

task_definition built_on_push(std::string name)
{
    auto task = task_of(std::move(name));
    task.triggers.sources.emplace_back();
    task.triggers.sources[0].filter.repository_url = "https://EXAMPLE.com/o/r.git";
    return task;
}

auto const commit = std::string(40, 'a');
}  // namespace

BOOST_AUTO_TEST_CASE(carries_out_what_a_person_asks_for)
{
    scripted_runner<> r;
    r.start();
    r.wait(r.service.save_task(task_of("hello")));
    auto const queued = r.schedule("HELLO");
    BOOST_TEST(queued.id == "ca1");
    BOOST_CHECK(queued.status == run_status::queued);
    auto const record = r.record(queued.id);
    BOOST_CHECK(record.status == run_status::succeeded);
    BOOST_CHECK(record.type == run_type::auto_run);
    BOOST_TEST(std::get<manual_request>(record.cause.event.what).requester == "me");
    BOOST_TEST(record.started.has_value());
    BOOST_TEST(record.finished.has_value());
    BOOST_TEST(r.log("ca1") == "hello from ca1\n\nRun ID: ca1 was successful after 0s\n");
    BOOST_TEST(r.wait(r.service.read_log("ca1", 0)).is_complete);
}

namespace {
/// A request on an upload, whose file is there.
run_request request_on_upload(upload_slot const& slot)
{
    write_file(slot.file, "an archive");
    run_request request;
    text_step step;
    step.task = "steps: []";
    request.what = step;
    request.context = slot.relative_path;
    return request;
}
}  // namespace

BOOST_AUTO_TEST_CASE(removes_the_upload_of_a_run_that_is_over_unless_somebody_needs_it)
{
    scripted_runner<> r;
    auto const slot = r.service.reserve_upload();
    auto const request = request_on_upload(slot);
    auto const first = r.wait(r.service.schedule(request));
    auto const second = r.wait(r.service.schedule(request));
    BOOST_TEST(first.upload == slot.relative_path);
    r.wait(r.service.cancel(first.id));
    BOOST_TEST(std::filesystem::exists(slot.file));
    r.start();
    BOOST_CHECK(r.record(second.id).status == run_status::succeeded);
    BOOST_TEST(r.script.begun.size() == 1u);
    BOOST_TEST(r.script.begun[0].upload == slot.file);
    r.settle();
    BOOST_TEST(!std::filesystem::exists(slot.file));
    BOOST_CHECK_EXCEPTION(r.wait(r.service.schedule(request)), error, [](error const& e) { return e.code() == errc::not_found; });

    auto const kept = r.service.reserve_upload();
    auto const again = request_on_upload(kept);
    auto task = task_of("hello");
    task.step->context = kept.relative_path;
    r.wait(r.service.save_task(task));
    auto const third = r.wait(r.service.schedule(again));
    r.record(third.id);
    r.settle();
    BOOST_TEST(std::filesystem::exists(kept.file));
}

BOOST_AUTO_TEST_CASE(removes_uploads_that_no_run_took_when_they_are_old)
{
    scripted_runner<> r;
    auto const used = r.service.reserve_upload();
    auto const request = request_on_upload(used);
    r.wait(r.service.schedule(request));
    auto const fresh = r.service.reserve_upload();
    auto const old = r.service.reserve_upload();
    write_file(fresh.file, "an archive");
    write_file(old.file, "an archive");
    auto const blocks = std::filesystem::path(old.file.string() + ".blocks");
    std::filesystem::create_directory(blocks);
    write_file(blocks / "one", "a block");
    for (auto const& each : {used.file, old.file, blocks})
        std::filesystem::last_write_time(each, std::filesystem::file_time_type::clock::now() - 25h);
    r.wait(r.service.remove_old_uploads(24h));
    BOOST_TEST(std::filesystem::exists(used.file));
    BOOST_TEST(std::filesystem::exists(fresh.file));
    BOOST_TEST(!std::filesystem::exists(old.file));
    BOOST_TEST(!std::filesystem::exists(blocks));
}

BOOST_AUTO_TEST_CASE(runs_a_year_of_timers)
{
    scripted_runner<> r;
    auto task = task_of("nightly");
    task.triggers.timers = {{"night", "0 2 * * *", true}, {"off", "* * * * *", false}};
    r.wait(r.service.save_task(task));
    r.start();
    auto& timers = r.runner.triggers().get<0>();
    auto const end = r.clock.now() + 24h * 365;
    while (*timers.timers().next_due() < end) {
        r.clock.set(*timers.timers().next_due());
        timers.wake();
        r.settle();
    }
    auto const records = r.records();
    BOOST_TEST(records.size() == 365);
    BOOST_TEST(r.script.begun.size() == 365);
    auto const tick = std::get<timer_tick>(records.front().cause.event.what);
    BOOST_TEST(to_rfc3339(tick.occurrence) == "2026-12-31T02:00:00Z");
    BOOST_TEST(records.front().cause.trigger == "night");
}

BOOST_AUTO_TEST_CASE(a_timer_goes_on_behind_its_last_tick_after_a_restart)
{
    memory_store store;
    auto task = task_of("hourly");
    task.triggers.timers = {{"t1", "0 * * * *", true}};
    {
        scripted_runner<> r({}, store);
        r.wait(r.service.save_task(task));
        r.start();
        r.clock.advance(1h);
        r.runner.triggers().get<0>().wake();
        r.settle();
        BOOST_TEST(r.records().size() == 1);
    }
    scripted_runner<> r({}, store);
    r.clock.advance(1h + 1s);
    r.start();
    BOOST_TEST(r.records().size() == 1);
    r.clock.advance(5h);  // five ticks were missed: one run for all
    r.runner.triggers().get<0>().wake();
    r.settle();
    BOOST_TEST(r.records().size() == 2);
}

BOOST_AUTO_TEST_CASE(an_edit_and_a_removal_of_a_task_reach_its_timers)
{
    scripted_runner<> r;
    r.start();
    auto task = task_of("hourly");
    task.triggers.timers = {{"t1", "0 * * * *", true}};
    r.wait(r.service.save_task(task));
    BOOST_TEST(r.runner.triggers().get<0>().timers().size() == 1);
    task.is_enabled = false;
    r.wait(r.service.save_task(task));
    BOOST_TEST(r.runner.triggers().get<0>().timers().size() == 0);
    task.is_enabled = true;
    r.wait(r.service.save_task(task));
    r.wait(r.service.remove_task("Hourly"));
    BOOST_TEST(r.runner.triggers().get<0>().timers().size() == 0);
    BOOST_TEST(!r.wait(r.service.remove_task("hourly")));
}

BOOST_AUTO_TEST_CASE(builds_exactly_the_commit_of_an_event_and_once)
{
    scripted_runner<> r;
    r.wait(r.service.save_task(built_on_push("first")));
    r.wait(r.service.save_task(built_on_push("second")));
    r.wait(r.service.save_task(task_of("other")));
    r.start();
    r.source.tell(event_of(push_of(commit), "1"));
    r.settle();
    BOOST_TEST(r.records().size() == 2);
    BOOST_TEST(r.script.begun.at(0).request.context == "https://example.com/o/r.git#" + commit + ":sub");
    BOOST_TEST(r.records().front().cause.trigger == "defaultSourceTriggerName");
    BOOST_TEST(r.wait(r.service.accept(event_of(push_of(std::string(40, 'b')), "1"))).is_repeat);
    BOOST_TEST(r.wait(r.service.accept(event_of(push_of(commit), "2"))).is_repeat);
    BOOST_TEST(r.records().size() == 2);
    auto push = push_of(std::string(40, 'c'));
    push.branch = "else";
    auto const accepted = r.wait(r.service.accept(event_of(push, "3")));
    BOOST_TEST(accepted.runs.empty());
    BOOST_TEST(accepted.passed.size() == 2);
}

BOOST_AUTO_TEST_CASE(gives_a_strangers_code_no_secrets)
{
    scripted_runner<> r;
    auto task = built_on_push("forks");
    task.triggers.sources[0].filter.pull_requests = true;
    task.triggers.sources[0].filter.forks = true;
    task.step->context_token = "pat";
    task.credentials.registries["r.example"] = {{"u", false}, {"p", false}, {}};
    r.wait(r.service.save_task(task));
    r.start();
    pull_request request;
    request.repository_url = "https://example.com/o/r";
    request.number = 7;
    request.action = pull_request_action::opened;
    request.commit = commit;
    request.target_branch = request.default_branch = "main";
    request.from_fork = true;
    r.source.tell({"1", "GitHub", request});
    r.settle();
    BOOST_REQUIRE(r.script.begun.size() == 1);
    BOOST_TEST(secrets_of(r.script.begun[0].request).empty());
    BOOST_TEST(r.script.begun[0].request.credentials.registries.empty());
    BOOST_TEST(!r.script.begun[0].request.credentials.uses_home_login);
}

BOOST_AUTO_TEST_CASE(keeps_to_the_limits_of_pools_and_to_priorities)
{
    scripted_runner<> r({.concurrency = 1});
    r.script.waiting = {"long1", "long2"};
    r.wait(r.service.save_pool({.name = "big", .count = 1}));
    for (auto const* name : {"long1", "plain", "urgent"})
        r.wait(r.service.save_task([&] {
            auto task = task_of(name);
            task.priority = std::string(name) == "urgent" ? 1 : 0;
            return task;
        }()));
    auto pooled = task_of("long2");
    pooled.agent_pool = "big";
    r.wait(r.service.save_task(pooled));
    r.start();
    r.schedule("long1");
    r.schedule("plain");
    r.schedule("urgent");
    r.schedule("long2");
    r.schedule("long2");
    BOOST_TEST(r.runner.active() == 2);
    BOOST_TEST(r.wait(r.service.count_queued("")) == 2);
    BOOST_TEST(r.wait(r.service.count_queued("big")) == 1);
    r.script.waiting.clear();
    r.script.released.ring();
    r.settle();
    std::vector<std::string> order;
    for (auto const& run : r.script.begun)
        order.push_back(run.record.task);
    BOOST_TEST(order == (std::vector<std::string>{"long1", "long2", "urgent", "long2", "plain"}), boost::test_tools::per_element());
    BOOST_TEST(r.script.most_at_once == 2);
    auto wrong = task_of("wrong");
    wrong.agent_pool = "none";
    BOOST_CHECK_THROW(r.wait(r.service.save_task(wrong)), error);
}

BOOST_AUTO_TEST_CASE(cancels_runs_that_wait_and_runs_that_go_on)
{
    scripted_runner<> r({.concurrency = 1});
    r.script.waiting = {"waiting"};
    r.wait(r.service.save_task(task_of("waiting")));
    r.start();
    auto const going = r.schedule("waiting");
    auto const queued = r.schedule("waiting");
    BOOST_CHECK(r.wait(r.service.cancel(queued.id)).status == run_status::canceled);
    BOOST_CHECK(r.record(going.id).status == run_status::running);
    r.wait(r.service.cancel(going.id));
    BOOST_CHECK(r.wait(r.service.wait_for_run(going.id, 5s)).status == run_status::canceled);
    BOOST_TEST(r.script.begun.size() == 1);
    BOOST_CHECK(r.wait(r.service.cancel(going.id)).status == run_status::canceled);
    BOOST_CHECK_THROW(r.wait(r.service.cancel("cz9")), error);
    BOOST_TEST(r.log(going.id).ends_with("Run ID: ca1 was canceled after 0s\n"));
    BOOST_TEST(r.wait(r.service.read_log(queued.id, 0)).is_complete);
}

BOOST_AUTO_TEST_CASE(ends_a_run_whose_time_is_up)
{
    scripted_runner<> r;
    r.script.waiting = {""};
    r.start();
    run_request request;
    request.what = text_step{.task = "steps: []"};
    request.timeout = 1s;
    auto const run = r.wait(r.service.schedule(std::move(request)));
    auto const record = r.wait(r.service.wait_for_run(run.id, 10s));
    BOOST_CHECK(record.status == run_status::timeout);
    BOOST_TEST(record.error == "the run took longer than 1 s");
    BOOST_CHECK(record.type == run_type::quick_run);
}

BOOST_AUTO_TEST_CASE(tells_failed_steps_from_errors)
{
    scripted_runner<> r;
    r.script.outcomes["stepfails"] = {.succeeded = false, .error = "step build: exit status 1"};
    r.script.failing = {"breaks"};
    r.wait(r.service.save_task(task_of("stepfails")));
    r.wait(r.service.save_task(task_of("breaks")));
    r.start();
    auto const failed = r.schedule("stepfails");
    auto const broken = r.schedule("breaks");
    BOOST_CHECK(r.record(failed.id).status == run_status::failed);
    BOOST_TEST(r.record(failed.id).error == "step build: exit status 1");
    BOOST_CHECK(r.record(broken.id).status == run_status::error);
    BOOST_TEST(r.record(broken.id).error.starts_with("asking the registry"));
}

BOOST_AUTO_TEST_CASE(hides_the_secrets_of_a_request_in_its_log)
{
    scripted_runner<> r;
    r.script.prints = "plain geheim!23 base64 Z2VoZWltITIz url geheim%2123\n";
    r.start();
    run_request request;
    request.what = text_step{.task = "steps: []", .named_values = {{"TOKEN", "geheim!23", true}}};
    auto const run = r.wait(r.service.schedule(std::move(request)));
    BOOST_TEST(r.log(run.id).starts_with("plain *** base64 *** url ***\n"));
}

BOOST_AUTO_TEST_CASE(says_of_runs_that_it_leaves_why_they_ended)
{
    memory_store store;
    {
        scripted_runner<> r({}, store);
        r.script.waiting = {"waiting"};
        r.wait(r.service.save_task(task_of("waiting")));
        r.start();
        r.schedule("waiting");
        r.stop();
        BOOST_CHECK(r.record("ca1").status == run_status::error);
        BOOST_TEST(r.record("ca1").error == "the runner was stopped while the run was going on");
    }
}

BOOST_AUTO_TEST_CASE(takes_over_what_a_killed_runner_left)
{
    memory_store store;
    scripted_runner<> r({}, store);
    auto const claim = [&] { return *r.wait(store.claim({"runner", "", r.clock.now(), r.clock.now() + 1h})); };
    r.wait(r.service.save_task(task_of("task1")));
    r.schedule("task1");
    r.schedule("task1");
    claim();
    auto const begun = claim();
    BOOST_TEST(r.wait(store.change(begun.record.id, begun.fence, {.status = run_status::running, .at = r.clock.now()})));
    r.start();
    BOOST_CHECK(r.record("ca1").status == run_status::succeeded);
    BOOST_CHECK(r.record("ca2").status == run_status::error);
    BOOST_TEST(r.script.begun.size() == 1);
}

BOOST_AUTO_TEST_CASE(drains)
{
    scripted_runner<> r;
    r.script.waiting = {"waiting"};
    r.wait(r.service.save_task(task_of("waiting")));
    r.start();
    r.schedule("waiting");
    r.wait(r.runner.drain(1ms));
    r.schedule("waiting");
    BOOST_TEST(r.runner.active() == 1);
    r.script.waiting.clear();
    r.script.released.ring();
    r.wait(r.runner.drain(5s));
    BOOST_TEST(r.runner.active() == 0);
    BOOST_TEST(r.wait(r.service.count_queued("")) == 1);
}

BOOST_AUTO_TEST_CASE(a_run_whose_log_cannot_be_written_ends_and_says_so)
{
    scripted_runner<> r;
    r.folder.write("logs", "a file where a folder should be");
    r.wait(r.service.save_task(task_of("hello")));
    r.start();
    auto const record = r.record(r.schedule("hello").id);
    BOOST_CHECK(record.status == run_status::error);
    BOOST_TEST(record.error.find("logs") != record.error.npos);
    BOOST_TEST(r.script.begun.empty());
    BOOST_TEST(r.runner.active() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
