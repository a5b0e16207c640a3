// cmd steps of a user who is not root: what they have of a network, and what is said of the rest.
#include <support/ordinary_user.hpp>

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <string>
using namespace acrx::testing;
namespace utf = boost::unit_test;

BOOST_AUTO_TEST_SUITE(task_runner_ordinary_user, *utf::precondition(can_make_users))

/// @param before  see `ordinary_user::run`
shell_result run_task(ordinary_user const& user, std::string const& task, std::string const& before)
{
    user.write("ctx/acb.yaml", task);
    user.write("base/Dockerfile", "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n");
    must("cp /bin/busybox " + user.home() + "/base/busybox");
    auto const built = user.build("-t busybox:base " + user.home() + "/base");
    BOOST_TEST_REQUIRE(built.status == 0, built.output);
    return user.run("cd " + user.home() + " && " + user.program() + " run ctx", before);
}

/// What shows a device for links of one's own as most machines have it, open to all, or to root alone.
std::string with_tun(std::string const& mode)
{
    return "unshare --mount sh -c 'mount -t tmpfs t /mnt && mknod /mnt/tun c 10 200 && chmod " + mode
           + " /mnt/tun && mount --bind /mnt/tun /dev/net/tun && exec \"$@\"' sh";
}

boost::test_tools::assertion_result can_make_links(utf::test_unit_id)
{
    boost::test_tools::assertion_result result(have("slirp4netns") && std::filesystem::exists("/dev/net/tun"));
    result.message() << "needs slirp4netns and /dev/net/tun";
    return result;
}

/// An address of this machine that others reach.
std::string own_address()
{
    auto const all = must("hostname -I");
    return all.substr(0, all.find_first_of(" \n"));
}

BOOST_AUTO_TEST_CASE(steps_have_a_way_out_and_publish_ports, *utf::precondition(can_make_links))
{
    ordinary_user const user;
    auto const port = std::to_string(20000 + ::getpid() % 10000);
    auto const published = std::to_string(30000 + ::getpid() % 10000);
    auto const serve = [](std::string const& text, std::string const& at) {
        return "busybox:base sh -c 'mkdir /s; echo " + text + " > /s/index.html; exec httpd -f -h /s -p " + at + "'\n";
    };
    auto const result = run_task(
        user, "steps:\n  - id: far\n    detach: true\n    network: host\n    cmd: " + serve("outside", port)
                  + "  - id: web\n    detach: true\n    ports: ['127.0.0.1:" + published + ":80']\n    cmd: " + serve("inside", "80")
                  + "  - id: out\n    cmd: busybox:base wget -q -O - http://" + own_address() + ":" + port
                  + "/\n    retries: 20\n    retryDelay: 1\n  - id: names\n    cmd: busybox:base grep -c 10.0.2.3 /etc/resolv.conf\n"
                    "  - id: in\n    network: host\n    cmd: busybox:base wget -q -O - http://127.0.0.1:"
                  + published + "/\n    retries: 20\n    retryDelay: 1\n",
        with_tun("666"));
    BOOST_TEST(result.status == 0, result.output);
    BOOST_TEST(result.output.find(" outside\n") != std::string::npos, result.output);
    BOOST_TEST(result.output.find(" inside\n") != std::string::npos, result.output);
    BOOST_TEST(result.output.find("no way out") == std::string::npos, result.output);
    BOOST_TEST(shell("pgrep -u " + user.name() + " slirp4netns").status == 1);
}

BOOST_AUTO_TEST_CASE(steps_find_each_other_and_are_told_that_there_is_no_way_out)
{
    ordinary_user const user;
    auto const result = run_task(
        user, "steps:\n"
              "  - id: web\n    detach: true\n"
              "    cmd: busybox:base sh -c 'mkdir /www; echo served > /www/index.html; exec httpd -f -h /www -p 80'\n"
              "  - id: ask\n    cmd: busybox:base sh -c 'wget -q -O - http://web/'\n    retries: 20\n    retryDelay: 1\n"
              "  - id: host\n    network: host\n    cmd: busybox:base cat /proc/net/dev\n",
        with_tun("600"));
    BOOST_TEST(result.status == 0, result.output);
    BOOST_TEST(result.output.find(" served\n") != std::string::npos, result.output);
    auto const warning = result.output.find("they have no way out: making the bridge");
    BOOST_TEST(warning != std::string::npos, result.output);
    BOOST_TEST(result.output.find("no way out", warning + 20) == std::string::npos, result.output);
}

BOOST_AUTO_TEST_CASE(a_port_cannot_be_published_and_it_is_said_what_can_be_done)
{
    ordinary_user const user;
    auto const result = run_task(user, "steps:\n  - {id: web, cmd: busybox:base true, ports: ['127.0.0.1::80']}\n", with_tun("600"));
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("publishing a port of the step web") != std::string::npos, result.output);
    BOOST_TEST(result.output.find("Run acrx as root") != std::string::npos, result.output);
}
BOOST_AUTO_TEST_SUITE_END()
