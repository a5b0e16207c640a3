// cmd steps of a user who is not root: what they have of a network, and what is said of the rest.
#include <support/ordinary_user.hpp>

#include <boost/test/unit_test.hpp>
using namespace acrx::testing;
namespace utf = boost::unit_test;

BOOST_AUTO_TEST_SUITE(task_runner_ordinary_user, *utf::precondition(can_make_users))

shell_result run_task(ordinary_user const& user, std::string const& task)
{
    user.write("ctx/acb.yaml", task);
    user.write("base/Dockerfile", "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n");
    must("cp /bin/busybox " + user.home() + "/base/busybox");
    auto const built = user.build("-t busybox:base " + user.home() + "/base");
    BOOST_TEST_REQUIRE(built.status == 0, built.output);
    return user.run("cd " + user.home() + " && " + user.program() + " run ctx");
}

BOOST_AUTO_TEST_CASE(steps_find_each_other_and_are_told_that_there_is_no_way_out)
{
    ordinary_user const user;
    auto const result = run_task(
        user, "steps:\n"
              "  - id: web\n    detach: true\n"
              "    cmd: busybox:base sh -c 'mkdir /www; echo served > /www/index.html; exec httpd -f -h /www -p 80'\n"
              "  - id: ask\n    cmd: busybox:base sh -c 'wget -q -O - http://web/'\n    retries: 20\n    retryDelay: 1\n"
              "  - id: host\n    network: host\n    cmd: busybox:base cat /proc/net/dev\n");
    BOOST_TEST(result.status == 0, result.output);
    BOOST_TEST(result.output.find(" served\n") != std::string::npos, result.output);
    auto const warning = result.output.find("they have no way out: making the bridge");
    BOOST_TEST(warning != std::string::npos, result.output);
    BOOST_TEST(result.output.find("no way out", warning + 20) == std::string::npos, result.output);
}

BOOST_AUTO_TEST_CASE(a_port_cannot_be_published_and_it_is_said_what_can_be_done)
{
    ordinary_user const user;
    auto const result = run_task(user, "steps:\n  - {id: web, cmd: busybox:base true, ports: ['127.0.0.1::80']}\n");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("publishing a port of the step web") != std::string::npos, result.output);
    BOOST_TEST(result.output.find("Run acrx as root") != std::string::npos, result.output);
}
BOOST_AUTO_TEST_SUITE_END()
