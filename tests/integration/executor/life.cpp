// How steps begin, are followed, and end, over both isolating executors.
#include "busybox_root.hpp"

#include <acrx/core/error.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <acrx/executor/sandbox.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <optional>
#include <thread>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(integration_executor_life)

using both = boost::mpl::list<sandbox, oci_runtime>;

/// A number that no other process of this machine sleeps for.
std::string unique_seconds()
{
    static int count = 0;
    return std::to_string(100'000'000 + ::getpid() * 100 + ++count);
}

double seconds_of(std::function<void()> const& work)
{
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Runs a step in a coroutine that is cancelled after `delay`. @return whether it threw
template<class E>
bool throws_when_cancelled(E& executor, step_spec const& spec, step_key key, std::chrono::milliseconds delay,
                           std::chrono::milliseconds grace)
{
    auto& host = testing::test_context();
    host.restart();
    net::cancellation_signal stop;
    bool threw = false;
    auto sink = [](std::string_view) {};
    net::co_spawn(host, run_step(executor, spec, key, sink, grace),
                  net::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e, step_state) { threw = bool(e); }));
    net::steady_timer timer(host, delay);
    timer.async_wait([&](auto) { stop.emit(net::cancellation_type::terminal); });
    host.run();
    return threw;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_second_submission_of_a_key_starts_nothing, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto const spec = root.shell("echo once");
    BOOST_TEST(testing::run_to_end(executor, spec, "r/s/1").output == "once\n");
    auto other = root.shell("echo twice; exit 9");
    auto const again = testing::run_to_end(executor, other, "r/s/1");
    BOOST_TEST(again.output == "once\n");
    BOOST_TEST(again.state.code == 0);
    // Nor by an object that comes later.
    E later(root / "state");
    BOOST_TEST(testing::run_to_end(later, other, "r/s/1").output == "once\n");
    BOOST_TEST((testing::run(later.list("r/")) == std::vector<step_key>{"r/s/1"}));
    testing::run(later.forget("r/s/1"));
    BOOST_TEST(testing::run(later.list("")).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(all_of_a_long_output_arrives_and_memory_stays_small, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto const lines = testing::run_to_end(executor, root.shell("seq 1 1000"), "r/lines/1").output;
    BOOST_TEST(std::count(lines.begin(), lines.end(), '\n') == 1000);
    BOOST_TEST(lines.ends_with("\n1000\n"));

    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    std::size_t size = 0;
    auto sink = [&](std::string_view text) { size += text.size(); };
    auto const spec = root.shell("dd if=/dev/zero bs=1M count=50 2>/dev/null");
    testing::run(run_step(executor, spec, "r/size/1", sink));
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    BOOST_TEST(size == 50u << 20);
#if !defined(__SANITIZE_ADDRESS__)                            // which keeps what was freed
    BOOST_TEST(after.ru_maxrss - before.ru_maxrss < 10'000);  // KiB
#endif
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_time_limit_kills_the_whole_tree, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto const mark = unique_seconds();
    auto spec = root.shell("(setsid sleep " + mark + " &) ; trap '' TERM; echo started; sleep " + mark);
    spec.timeout = 700ms;
    testing::step_result result;
    auto const took = seconds_of([&] { result = testing::run_to_end(executor, spec, "r/s/1"); });
    BOOST_TEST(result.output == "started\n");
    BOOST_TEST(result.state.timed_out);
    BOOST_TEST(result.state.code == 137);
    BOOST_TEST(took < 3.0);
    BOOST_TEST(!testing::runs_somewhere(mark));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_end_of_the_main_process_ends_daemons, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto const mark = unique_seconds();
    auto const spec =
        root.shell("(setsid nohup sleep " + mark + " >/dev/null 2>&1 &) ; (setsid sleep " + mark + " &) ; echo done");
    auto const took = seconds_of([&] { BOOST_TEST(testing::run_to_end(executor, spec, "r/s/1").output == "done\n"); });
    BOOST_TEST(took < 2.0);
    BOOST_TEST(!testing::runs_somewhere(mark));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(cancellation_waits_until_the_processes_are_gone, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto const mark = unique_seconds();
    auto const stubborn = root.shell("trap '' TERM; sleep " + mark + "; sleep " + mark);
    auto const took = seconds_of([&] { BOOST_TEST(throws_when_cancelled(executor, stubborn, "r/s/1", 500ms, 300ms)); });
    BOOST_TEST(took > 0.75);
    BOOST_TEST(took < 3.0);
    BOOST_TEST(!testing::runs_somewhere(mark));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_step_can_end_well_when_asked, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto const mark = unique_seconds();
    auto const spec = root.shell("trap 'echo bye; exit 0' TERM; sleep " + mark + " & wait");
    auto const took = seconds_of([&] { BOOST_TEST(throws_when_cancelled(executor, spec, "r/s/1", 500ms, 20s)); });
    BOOST_TEST(took < 5.0);
    BOOST_TEST(testing::run(executor.log("r/s/1", 0)).bytes == "bye\n");
    BOOST_TEST(testing::run(executor.observe("r/s/1")).code == 0);
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_a_step_that_cannot_hear)
{
    testing::busybox_root root;
    sandbox executor(root / "state");
    auto const mark = unique_seconds();
    auto spec = root.shell("");
    spec.args = {"sleep", mark};
    auto const took = seconds_of([&] { BOOST_TEST(throws_when_cancelled(executor, spec, "r/s/1", 200ms, 20s)); });
    BOOST_TEST(took < 3.0);
    BOOST_TEST(!testing::runs_somewhere(mark));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_killed_starter_leaves_no_process_and_no_mount, E, both)
{
    testing::busybox_root root;
    auto const mark = unique_seconds();
    auto const spec = root.shell("(setsid sleep " + mark + " &); sleep " + mark);
    auto const starter = ::fork();
    if (starter == 0) {
        net::io_context host(1);
        E executor(root / "state");
        auto sink = [](std::string_view) {};
        net::co_spawn(host, run_step(executor, spec, "r/s/1", sink), [](auto, auto) {});
        host.run();
        ::_exit(0);
    }
    for (int tries = 0; tries < 500 && !testing::runs_somewhere(mark); ++tries)
        std::this_thread::sleep_for(10ms);
    std::this_thread::sleep_for(200ms);
    BOOST_TEST(testing::runs_somewhere(mark));
    {
        E observer(root / "state");
        BOOST_TEST((testing::run(observer.observe("r/s/1")).now == step_state::phase::running));
    }
    ::kill(starter, SIGKILL);
    ::waitpid(starter, nullptr, 0);
    for (int tries = 0; tries < 200 && testing::runs_somewhere(mark); ++tries)
        std::this_thread::sleep_for(10ms);
    BOOST_TEST(!testing::runs_somewhere(mark));
    BOOST_TEST(!testing::is_mounted(root.scratch().path().string()));
    E heir(root / "state");
    BOOST_TEST((testing::run(heir.list("")) == std::vector<step_key>{"r/s/1"}));
    BOOST_TEST((testing::run(heir.observe("r/s/1")).now == step_state::phase::lost));
    BOOST_TEST(testing::run(heir.log("r/s/1", 0)).ended);
    testing::run(heir.forget("r/s/1"));
}

BOOST_AUTO_TEST_CASE(the_end_of_the_executor_kills_its_steps)
{
    testing::busybox_root root;
    auto const mark = unique_seconds();
    auto const spec = root.shell("sleep " + mark);
    auto& host = testing::test_context();
    host.restart();
    {
        sandbox executor(root / "state");
        auto submitted = net::co_spawn(host, executor.submit(spec, "r/s/1"), net::use_future);
        host.run_for(300ms);
        submitted.get();
        BOOST_TEST(testing::runs_somewhere(mark));
    }
    host.restart();
    host.run();
    BOOST_TEST(!testing::runs_somewhere(mark));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_step_that_changes_nothing_leaves_nothing, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    root.scratch().write("secret", "word");
    auto spec = root.shell("cat /run/secrets/a /opt/x/b; touch /cache/x");
    spec.mounts = {bind_mount{root / "secret", "/run/secrets/a"}, bind_mount{root / "secret", "/opt/x/b"},
                   tmpfs_mount{"/cache", 0, 0755}};
    auto const result = testing::run_to_end(executor, spec, "r/s/1");
    BOOST_TEST(result.state.code == 0);
    BOOST_TEST(result.output == "wordword");
    BOOST_TEST(testing::files_below(spec.root.upper).empty());
}

BOOST_AUTO_TEST_CASE(mount_points_below_a_link_leave_nothing)
{
    testing::busybox_root root;
    std::filesystem::create_directories(root / "layer/var");
    std::filesystem::create_symlink("/run", root / "layer/var/run");
    root.scratch().write("secret", "word");
    sandbox executor(root / "state");
    auto spec = root.shell("cat /run/deep/er/a");
    spec.mounts = {bind_mount{root / "secret", "/var/run/deep/er/a"}};
    auto const result = testing::run_to_end(executor, spec, "r/s/1");
    BOOST_TEST(result.output == "word");
    BOOST_TEST(testing::files_below(spec.root.upper).empty());
    // What the step itself makes there stays.
    auto busy = root.shell("mkdir /run/deep/mine");
    busy.mounts = spec.mounts;
    testing::run_to_end(executor, busy, "r/s/2");
    BOOST_TEST((testing::files_below(busy.root.upper) == std::vector<std::string>{"run", "run/deep", "run/deep/mine"}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(changes_are_in_the_upper_folder, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto spec = root.shell("echo new > /new; rm /etc/passwd; echo x > /data/kept; echo y > /data/x 2>/dev/null; true");
    std::filesystem::create_directories(root / "data");
    spec.mounts = {bind_mount{root / "data", "/data", false}};
    BOOST_TEST(testing::run_to_end(executor, spec, "r/s/1").state.code == 0);
    BOOST_TEST((testing::files_below(spec.root.upper) == std::vector<std::string>{"etc", "etc/passwd", "new"}));
    BOOST_TEST(std::filesystem::is_character_file(spec.root.upper / "etc/passwd"));
    BOOST_TEST(std::filesystem::exists(root / "data/kept"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_root_of_one_folder_needs_no_overlay, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto spec = root.shell("echo new > /new");
    spec.root = {};
    spec.root.upper = root / "layer";
    auto const before = testing::files_below(spec.root.upper);
    BOOST_TEST(testing::run_to_end(executor, spec, "r/s/1").state.code == 0);
    BOOST_TEST(std::filesystem::exists(root / "layer/new"));
    std::filesystem::remove(root / "layer/new");
    if constexpr (std::is_same_v<E, sandbox>)
        BOOST_TEST(testing::files_below(spec.root.upper) == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_root_can_be_used_again, E, both)
{
    testing::busybox_root root;
    E executor(root / "state");
    auto spec = root.shell("echo x >> /file; cat /file");
    BOOST_TEST(testing::run_to_end(executor, spec, "r/s/1").output == "x\n");
    BOOST_TEST(testing::run_to_end(executor, spec, "r/s/2").output == "x\nx\n");
}

BOOST_AUTO_TEST_CASE(three_hundred_layers_are_one_root)
{
    testing::busybox_root root;
    sandbox executor(root / "state");
    auto spec = root.shell("ls / | grep -c layer-");
    for (int number = 0; number < 300; ++number) {
        auto const folder = root / ("a-rather-long-name-of-a-layer-" + std::to_string(number));
        std::filesystem::create_directories(folder);
        std::ofstream(folder / ("layer-" + std::to_string(number))) << "x";
        spec.root.lower.push_back(folder);
    }
    BOOST_TEST(testing::run_to_end(executor, spec, "r/s/1").output == "300\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_started_is_an_error_and_forgotten)
{
    testing::busybox_root root;
    sandbox executor(root / "state");
    auto const message = [&](step_spec const& spec) {
        try {
            testing::run(executor.submit(spec, "r/s/1"));
        } catch (error const& e) {
            return e.text();
        }
        return std::string("nothing");
    };
    auto missing = root.shell("true");
    missing.mounts = {bind_mount{"/no/such/source", "/x"}};
    BOOST_TEST(message(missing).find("/no/such/source at /x") != std::string::npos, message(missing));
    auto file = root.shell("true");
    file.working_dir = "/etc/passwd";
    BOOST_TEST(message(file).find("working folder /etc/passwd") != std::string::npos, message(file));
    auto top = root.shell("true");
    top.mounts = {tmpfs_mount{"/", 0, 0755}};
    BOOST_TEST(message(top) == "invalid mount target \"/\"");
    auto layer = root.shell("true");
    layer.root.lower.emplace_back("/no/such/layer");
    BOOST_TEST(message(layer).find("/no/such/layer") != std::string::npos, message(layer));
    BOOST_TEST(testing::run(executor.list("")).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_user_without_rights_is_told_what_is_missing, E, both)
{
    testing::busybox_root root;
    auto const spec = root.shell("true");
    std::filesystem::permissions(root / "state", std::filesystem::perms(0777));
    auto const child = ::fork();
    if (child == 0) {
        int status = 1;
        try {
            if (::setgid(65534) == 0 && ::setuid(65534) == 0) {
                net::io_context host(1);
                E executor(root / "state");
                auto result = net::co_spawn(host, executor.submit(spec, "r/s/1"), net::use_future);
                host.run();
                result.get();
            }
        } catch (error const& e) {
            bool const told = e.advice().find("CAP_SYS_ADMIN") != std::string::npos;
            status = e.code() == errc::no_permission && told ? 0 : 2;
        } catch (...) {
            status = 3;
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WEXITSTATUS(status) == 0);
}
BOOST_AUTO_TEST_SUITE_END()
