// Ctrl-C, SIGTERM and SIGKILL in the middle of a build: how it ends, and what is left.
#include "build_folder.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <support/fault_proxy.hpp>
#include <support/registry_server.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(cli_interrupted, *boost::unit_test::precondition(can_run_steps))
namespace {
void rest(int milliseconds)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

/// A word for the command line of a step, by which its processes are found.
std::string const mark = "78" + std::to_string(::getpid());
std::string const sleeps =
    "FROM scratch\nCOPY busybox /bin/sh\nRUN echo begun; sleep " + mark + " & sleep " + mark + "\n";

struct busy_folder : build_folder
{
    busy_folder()
    {
        add_busybox();
        write("ctx/large", noise(20'000'000));
    }
    /// Waits until the build has said `word`.
    static void await(started_tool const& tool, std::string const& word)
    {
        for (int i = 0; i < 200 && tool.out_so_far().find(word) == std::string::npos; ++i)
            rest(20);
        BOOST_TEST_REQUIRE(tool.out_so_far().find(word) != std::string::npos);
    }
    void check_that_nothing_is_left() const
    {
        for (int i = 0; i < 50 && !processes_with(mark).empty(); ++i)
            rest(20);  // the kernel is still at it
        BOOST_TEST(processes_with(mark) == "");
        BOOST_TEST(left_behind() == "");
        BOOST_TEST(run_tool(*this, {"ls"}).status == 0);
    }
    /// One build that is stopped after so many milliseconds, or in time.
    void stop(std::vector<std::string> const& options, int signal, int delay) const
    {
        started_tool tool(*this, words(options));
        rest(delay);
        delay % 20 == 0 ? tool.send(signal) : tool.send_to_group(signal);
        auto const begin = std::chrono::steady_clock::now();
        auto const result = tool.wait();
        BOOST_TEST((result.status == 128 + signal || result.status == 0),
                   delay << " ms: " << result.status << " " << result.err);
        BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(3)));
        BOOST_TEST(result.out.find("ERROR") == std::string::npos, result.out);
        check_that_nothing_is_left();
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(a_stopped_step_is_no_failed_one, busy_folder)
{
    write("ctx/Dockerfile", sleeps);
    struct line
    {
        int signal, status;
        char const* why;
    };
    for (auto const& [signal, status, why] :
         {line{SIGINT, 130, "stopped by Ctrl-C"}, line{SIGTERM, 143, "stopped by SIGTERM"}})
        for (bool const whole_group : {false, true}) {
            started_tool tool(*this, words({"-t", "app:1"}));
            await(tool, " begun\n");
            whole_group ? tool.send_to_group(signal) : tool.send(signal);
            auto const result = tool.wait();
            BOOST_TEST(result.status == status, result.err);
            BOOST_TEST(result.err.find(why) != std::string::npos, result.err);
            BOOST_TEST(result.out.find(" CANCELED\n") != std::string::npos, result.out);
            BOOST_TEST(result.out.find("ERROR") == std::string::npos, result.out);
            check_that_nothing_is_left();
        }
}
BOOST_FIXTURE_TEST_CASE(a_failed_step_cancels_the_others, busy_folder)
{
    auto const result = build(
        "FROM scratch AS sh\nCOPY busybox /bin/sh\nFROM sh AS long\nRUN sleep " + mark
            + "\nFROM sh AS bad\nRUN sleep 0.3; exit 9\nFROM scratch\nCOPY --from=long / /\nCOPY --from=bad / /\n",
        {"-t", "app:1"});
    BOOST_TEST(result.status == 1, result.err);
    BOOST_TEST(result.err.find("exit code: 9") != std::string::npos, result.err);
    BOOST_TEST(result.out.find(" CANCELED\n") != std::string::npos, result.out);
    BOOST_TEST(result.out.find(" ERROR\n") != std::string::npos, result.out);
    check_that_nothing_is_left();
}
BOOST_FIXTURE_TEST_CASE(a_time_limit_is_a_cancellation_too, busy_folder)
{
    auto const result = build(sleeps, {"-t", "app:1", "--timeout", "1"});
    BOOST_TEST(result.status == 124, result.err);
    BOOST_TEST(result.out.find(" CANCELED\n") != std::string::npos, result.out);
    check_that_nothing_is_left();
}
BOOST_FIXTURE_TEST_CASE(stops_in_a_step_at_any_moment, busy_folder)
{
    write("ctx/Dockerfile", sleeps);
    for (int delay = 5; delay < 260; delay += 35)
        stop({"--no-cache", "-t", "app:1"}, delay % 2 == 0 ? SIGINT : SIGTERM, delay);
}
BOOST_FIXTURE_TEST_CASE(stops_in_a_copy_at_any_moment, busy_folder)
{
    write("ctx/Dockerfile", "FROM scratch\nCOPY large /\nCOPY . /all\n");
    for (int delay = 5; delay < 400; delay += 55)
        stop({"--no-cache", "-t", "app:1"}, delay % 2 == 0 ? SIGINT : SIGTERM, delay);
    auto const result = build("FROM scratch\nCOPY large /\n", {"-t", "app:1"});
    BOOST_TEST(result.status == 0, result.err);
}
BOOST_FIXTURE_TEST_CASE(stops_in_a_push_at_any_moment, busy_folder)
{
    registry_server registry;
    fault_proxy proxy(registry.port());
    proxy.add({.target = "/blobs/uploads/", .times = -1, .bytes_per_second = 8'000'000});
    auto const name = proxy.host() + "/app:1";
    write("ctx/Dockerfile", "FROM scratch\nCOPY large /\n");
    BOOST_TEST_REQUIRE(run_tool(*this, words({"-t", "app:1"})).status == 0);  // so that the rest is pushing
    for (int delay = 60; delay < 900; delay += 205)
        stop({"-t", name}, delay % 2 == 0 ? SIGINT : SIGTERM, delay);
    BOOST_TEST(!std::filesystem::exists(registry.storage() / "docker/registry/v2/repositories/app/_manifests"));
    proxy.heal();
    auto const result = run_tool(*this, words({"-t", name}));
    BOOST_TEST(result.status == 0, result.err);
}
BOOST_FIXTURE_TEST_CASE(prune_removes_the_folder_of_a_step_that_was_about_to_begin, busy_folder)
{
    write("ctx/Dockerfile", "FROM scratch\nCOPY busybox /bin/sh\nRUN echo begun\n");
    BOOST_TEST(run_tool(*this, words({"-t", "app:1"})).status == 0);
    auto const begun = path() / "home/runs/runs/new.1.1.1";  // the process with that number began at another time
    std::filesystem::create_directories(begun);
    std::ofstream(begun / "log") << "";
    BOOST_TEST(left_behind() != "");
    BOOST_TEST(run_tool(*this, {"prune"}).status == 0);
    check_that_nothing_is_left();
}
BOOST_FIXTURE_TEST_CASE(survives_being_killed_at_any_moment, busy_folder)
{
    write("ctx/Dockerfile",
          "FROM scratch\nCOPY busybox /bin/sh\nCOPY large /\nRUN echo begun; sleep 0.2; echo " + mark + "\n");
    for (int delay = 10; delay < 700; delay += 75) {
        started_tool tool(*this, words({"--no-cache", "-t", "app:1"}));
        rest(delay);
        tool.send(SIGKILL);
        tool.wait();
        for (int i = 0; i < 50 && !processes_with(mark).empty(); ++i)
            rest(20);
        BOOST_TEST(processes_with(mark) == "");
        BOOST_TEST(run_tool(*this, {"ls"}).status == 0);
    }
    auto const pruned = run_tool(*this, {"prune"});
    BOOST_TEST(pruned.status == 0, pruned.err);
    check_that_nothing_is_left();
    auto const result = run_tool(*this, words({"-t", "app:1"}));
    BOOST_TEST(result.status == 0, result.err);
    BOOST_TEST(run_tool(*this, {"inspect", "app:1"}).out.find("\"inStore\": false") == std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
