// Several builds of one context at once, in one state folder.
#include "build_folder.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <support/registry_server.hpp>

#include <list>
#include <set>
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(cli_two_builds)
namespace {
/// The digests and run ids of `count` builds at once, all of which must succeed.
void check_builds(build_folder const& folder, int count, std::string const& registry)
{
    std::list<started_tool> tools;
    for (int i = 0; i < count; ++i)
        tools.emplace_back(folder, folder.words({"-o", "json", "-t", registry + "/app:" + std::to_string(i % 2)}));
    std::set<std::string> digests;
    std::set<std::string> runs;
    for (auto& tool : tools) {
        auto const result = tool.wait();
        BOOST_TEST_REQUIRE(result.status == 0, result.err);
        auto const record = boost::json::parse(result.out);
        runs.insert(record.at("runId").as_string().c_str());
        digests.insert(record.at("outputImages").at(0).at("digest").as_string().c_str());
    }
    BOOST_TEST(digests.size() == 1U);
    BOOST_TEST(runs.size() == static_cast<std::size_t>(count));
    BOOST_TEST(folder.left_behind() == "");
    auto const image = run_tool(folder, {"inspect", registry + "/app:1"});
    BOOST_TEST(image.status == 0, image.err);
    BOOST_TEST(image.out.find("\"inStore\": false") == std::string::npos, image.out);
}
}  // namespace

BOOST_AUTO_TEST_CASE(give_the_same_image)
{
    registry_server registry;
    for (int const count : {2, 8}) {
        build_folder folder;
        for (int i = 0; i < 300; ++i)
            folder.write("ctx/src/" + std::to_string(i), noise(static_cast<std::size_t>(100 + i)));
        // One layer needs no step, so that its bytes do not depend on the time of the build.
        folder.write(
            "ctx/Dockerfile",
            "FROM scratch AS a\nCOPY src /a\nFROM scratch AS b\nCOPY hello.txt /b\nFROM a\nCOPY --from=b /b /\n");
        check_builds(folder, count, registry.host());
    }
}
namespace {
/// A step whose result is different each time it is run, and which takes a second.
auto const slow_step = "FROM scratch\nCOPY busybox /bin/sh\nCOPY busybox /bin/busybox\n"
                       "RUN busybox sleep 1; busybox head -c 16 /dev/urandom > /random\n";

std::string digest_in(tool_result const& result)
{
    return boost::json::parse(result.out).at("outputImages").at(0).at("digest").as_string().c_str();
}

/// Waits until another process runs a step of this folder.
void wait_for_step(started_tool const& tool)
{
    for (int i = 0; i < 500 && tool.err_so_far().find("RUN busybox") == std::string::npos; ++i)
        ::usleep(10'000);
}
}  // namespace

BOOST_AUTO_TEST_CASE(run_a_step_once, *boost::unit_test::precondition(can_run_steps))
{
    build_folder folder;
    folder.add_busybox();
    folder.write("ctx/Dockerfile", slow_step);
    started_tool first(folder, folder.words({"-o", "json", "--progress", "plain", "-t", "app:1"}));
    wait_for_step(first);
    started_tool second(folder, folder.words({"-o", "json", "--progress", "plain", "-t", "app:2"}));
    auto const one = first.wait();
    auto const two = second.wait();
    BOOST_TEST_REQUIRE(one.status == 0, one.err);
    BOOST_TEST_REQUIRE(two.status == 0, two.err);
    BOOST_TEST(digest_in(one) == digest_in(two));
    BOOST_TEST(two.err.find("waiting for its result") != std::string::npos, two.err);
    BOOST_TEST(folder.left_behind() == "");
}
BOOST_AUTO_TEST_CASE(take_over_the_step_of_a_build_that_was_killed, *boost::unit_test::precondition(can_run_steps))
{
    build_folder folder;
    folder.add_busybox();
    folder.write("ctx/Dockerfile", slow_step);
    started_tool first(folder, folder.words({"-o", "json", "--progress", "plain", "-t", "app:1"}));
    wait_for_step(first);
    started_tool second(folder, folder.words({"-o", "json", "--progress", "plain", "-t", "app:2"}));
    ::usleep(200'000);
    first.send_to_group(SIGKILL);
    first.wait();
    auto const two = second.wait();
    BOOST_TEST(two.status == 0, two.err);
}
BOOST_AUTO_TEST_CASE(stop_waiting_when_told_to, *boost::unit_test::precondition(can_run_steps))
{
    build_folder folder;
    folder.add_busybox();
    folder.write("ctx/Dockerfile", std::string(slow_step) + "RUN busybox sleep 5\n");
    started_tool first(folder, folder.words({"-o", "json", "--progress", "plain", "-t", "app:1"}));
    wait_for_step(first);
    started_tool second(folder, folder.words({"-o", "json", "--progress", "plain", "-t", "app:2"}));
    for (int i = 0; i < 300 && second.err_so_far().find("waiting for its result") == std::string::npos; ++i)
        ::usleep(10'000);
    second.send(SIGINT);
    auto const two = second.wait();
    BOOST_TEST(two.status == 130, two.err);
    first.send(SIGINT);
    BOOST_TEST(first.wait().status == 130);
}
BOOST_AUTO_TEST_CASE(run_steps_side_by_side, *boost::unit_test::precondition(can_run_steps))
{
    build_folder folder;
    folder.add_busybox();
    folder.write("ctx/Dockerfile",
                 "FROM scratch\nCOPY busybox /bin/sh\nRUN echo made > /made\nRUN cd / && echo more >> /made\n");
    std::list<started_tool> tools;
    for (int i = 0; i < 4; ++i)
        tools.emplace_back(folder, folder.words({"-t", "app:" + std::to_string(i)}));
    for (auto& tool : tools) {
        auto const result = tool.wait();
        BOOST_TEST(result.status == 0, result.err);
    }
    BOOST_TEST(folder.left_behind() == "");
}
BOOST_AUTO_TEST_SUITE_END()
