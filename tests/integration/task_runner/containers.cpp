// cmd steps: what a container sees, and how its end is told.
#include "task_folder.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx::testing;
namespace utf = boost::unit_test;

BOOST_AUTO_TEST_SUITE(task_runner_containers, *utf::precondition(can_run_containers))

struct row
{
    std::string name;
    std::string step;      ///< members of the step `it`, in YAML
    std::string printed;
};
std::ostream& operator<<(std::ostream& out, row const& r) { return out << r.name; }

std::vector<row> const rows = {
    {"the command of the image", "cmd: busybox:base", "usual\n"},
    {"arguments", "cmd: busybox:base echo 'one two' three", "one two three\n"},
    {"the workspace is the working folder", "cmd: busybox:base sh -c 'pwd; cat hello.txt'", "/workspace\nhello\n"},
    {"a working folder", "cmd: busybox:base pwd\n    workingDirectory: deep/er", "/workspace/deep/er\n"},
    {"that of the image", "cmd: busybox:base pwd\n    disableWorkingDirectoryOverride: true", "/\n"},
    {"an entry point", "cmd: busybox:base one\n    entryPoint: echo", "one\n"},
    {"variables", "cmd: busybox:base sh -c 'echo $A $B $FROM_IMAGE $HOME'\n    env: [A=1, \"B='x y'\"]",
     "1 x y yes /acb/home\n"},
    {"a user by name", "cmd: busybox:base sh -c 'id -u; id -g'\n    user: app", "1000\n1001\n"},
    {"a user by number", "cmd: busybox:base id -u\n    user: 7", "7\n"},
    {"its own name", "cmd: busybox:base hostname", "it\n"},
    {"options of docker run", "cmd: --rm -e A=2 -w /tmp --user 5 busybox:base sh -c 'echo $A; pwd; id -u'", "2\n/tmp\n5\n"},
    {"a block of text", "cmd: |\n      busybox:base sh -c 'echo folded'", "folded\n"},
    {"memory of a size", "cmd: --tmpfs /t:size=1m,mode=700 busybox:base sh -c 'df -k /t | tail -n 1 | tr -s \" \" | cut -d \" \" -f 2; stat -c %a /t'",
     "1024\n700\n"},
    {"rights of docker run", "cmd: --cap-drop ALL --cap-add chown --security-opt no-new-privileges busybox:base "
                             "sh -c 'grep -E \"^(CapBnd|NoNewPrivs)\" /proc/self/status | tr \"\\t\" \" \"'",
     "CapBnd: 0000000000000001\nNoNewPrivs: 1\n"},
    {"a device", "cmd: --device /dev/zero:/dev/mine busybox:base sh -c 'head -c 3 /dev/mine | wc -c'", "3\n"},
    {"further groups", "cmd: --group-add web --group-add 7 busybox:base id -G", "0 7 33\n"},
    {"a limit on memory", "cmd: --memory 64m busybox:base echo fits", "fits\n"},
};

BOOST_DATA_TEST_CASE(see_what_the_step_says, utf::data::make(rows), one)
{
    task_folder folder;
    auto const result = folder.run("version: v1.1.0\nsteps:\n  - id: it\n    " + one.step + "\n");
    BOOST_TEST(result.status == 0, result.output);
    BOOST_TEST(task_folder::printed(result.output, "it") == one.printed);
}

BOOST_AUTO_TEST_CASE(share_the_workspace_and_home_but_not_the_users_folder)
{
    task_folder folder;
    auto const output = folder.must_run("steps:\n"
                                        "  - id: write\n    cmd: busybox:base sh -c 'echo new > made.txt; echo h > ~/note'\n"
                                        "  - id: read\n    cmd: busybox:base sh -c 'cat made.txt ~/note'\n");
    BOOST_TEST(task_folder::printed(output, "read") == "new\nh\n");
    BOOST_TEST(!std::filesystem::exists(folder.path() / "ctx/made.txt"));
}
BOOST_AUTO_TEST_CASE(leave_out_what_is_ignored)
{
    task_folder folder;
    folder.write("ctx/.dockerignore", "*.log\nDockerfile\n");
    folder.write("ctx/a.log", "x");
    folder.write("ctx/.git/config", "x");
    folder.write("ctx/Dockerfile", "FROM busybox:base\nRUN true\n");
    auto const output = folder.must_run("steps:\n  - id: list\n    cmd: busybox:base ls -A\n"
                                        "  - id: image\n    build: -t left:out .\n");
    BOOST_TEST(task_folder::printed(output, "list") == ".dockerignore\nDockerfile\nacb.yaml\nhello.txt\n");
}
BOOST_AUTO_TEST_CASE(find_each_other_by_name)
{
    task_folder folder;
    auto const output = folder.must_run(
        "steps:\n"
        "  - id: web\n    cmd: busybox:base sh -c 'mkdir /www; echo served > /www/index.html; exec httpd -f -h /www -p 80'\n    detach: true\n"
        "  - id: ask\n    cmd: busybox:base sh -c 'wget -q -O - http://web/'\n    retries: 20\n    retryDelay: 1\n");
    BOOST_TEST(task_folder::printed(output, "ask").find("served\n") != std::string::npos, output);
}
BOOST_AUTO_TEST_CASE(can_be_looked_at_until_the_run_ends_if_they_are_kept)
{
    task_folder folder;
    folder.write("ctx/acb.yaml", "steps:\n"
                                 "  - {id: it, cmd: busybox:base touch /made, keep: true}\n"
                                 "  - {id: gone, cmd: busybox:base touch /made}\n"
                                 "  - {id: wait, cmd: busybox:base sleep 3}\n");
    auto const log = (folder / "log").string();
    auto const result = shell(std::string(ACRX_QUICK) + " run --home " + folder.home + " " + folder.context() + " > " + log
                              + " 2>&1 & for i in $(seq 100); do grep -q 'wait .* started' " + log
                              + " && break; sleep 0.1; done; P=$(sed -n 's/.*step \\(.*\\): what it has changed is in \\(.*\\) until.*/\\2/p' "
                              + log + "); ls $P; wait; test -e $P || echo gone");
    BOOST_TEST(result.output == "made\ngone\n", result.output + shell("cat " + log).output);
}
BOOST_AUTO_TEST_CASE(get_files_of_secret_volumes)
{
    task_folder folder;
    auto const output = folder.must_run("steps:\n  - id: read\n    cmd: busybox:base sh -c 'wc -c < /run/s/key'\n"
                                        "    volumeMounts: [{name: keys, mountPath: /run/s}]\n"
                                        "volumes:\n  - name: keys\n    secret: {key: '{{.Values.k | b64enc}}'}\n",
                                        "--set-secret k='a $b `c`'");
    BOOST_TEST(task_folder::printed(output, "read") == "8\n");
}
BOOST_AUTO_TEST_CASE(are_in_the_networks_of_the_task)
{
    task_folder folder;
    auto const output = folder.must_run("networks:\n  - {name: back}\n  - {name: front, isDefault: true}\n"
                                        "steps:\n"
                                        "  - {id: web, cmd: 'busybox:base sleep 60', detach: true}\n"
                                        "  - {id: near, cmd: \"busybox:base sh -c 'ping -c 1 web > /dev/null && echo found'\"}\n"
                                        "  - {id: far, cmd: \"busybox:base sh -c 'ping -c 1 web 2>&1 || echo none'\", network: back}\n");
    BOOST_TEST(task_folder::printed(output, "near") == "found\n", output);
    BOOST_TEST(task_folder::printed(output, "far").ends_with("none\n"), output);
}
boost::test_tools::assertion_result has_ipv6(utf::test_unit_id)
{
    boost::test_tools::assertion_result result(std::filesystem::exists("/proc/sys/net/ipv6/conf/all/forwarding"));
    result.message() << "this kernel has no IPv6";
    return result;
}
BOOST_AUTO_TEST_CASE(have_addresses_of_both_kinds_where_that_is_asked_for, *utf::precondition(has_ipv6))
{
    task_folder folder;
    std::string const steps = "networks: [{name: six, isDefault: true, ipv6: true}]\nsteps:\n"
                              "  - {id: web, cmd: 'busybox:base sleep 60', detach: true}\n"
                              "  - {id: four, cmd: \"busybox:base sh -c 'ping -4 -c 1 web > /dev/null && echo found'\"}\n"
                              "  - {id: six, cmd: \"busybox:base sh -c 'ping -6 -c 1 web > /dev/null && echo found'\"}\n"
                              "  - {id: way, cmd: \"busybox:base sh -c 'ip -6 route | grep -c ^default'\"}\n";
    auto const addresses = [] { return shell("ip -6 addr show | grep -c fd61:6372").output; };
    auto const before = addresses();
    auto const output = folder.must_run(steps);
    for (auto const* step : {"four", "six"})
        BOOST_TEST(task_folder::printed(output, step) == "found\n", output);
    BOOST_TEST(task_folder::printed(output, "way") == "1\n", output);
    BOOST_TEST(addresses() == before);
    BOOST_TEST(shell("ip6tables-save 2>/dev/null | grep fd61:6372").output == "");
}
BOOST_AUTO_TEST_CASE(show_no_secret)
{
    task_folder folder;
    auto const output = folder.must_run("steps:\n  - id: say\n    cmd: busybox:base echo {{.Values.token}}\n",
                                        "--set-secret token=hunter22");
    BOOST_TEST(task_folder::printed(output, "say") == "***\n");
    BOOST_TEST(output.find("hunter22") == std::string::npos);
}
BOOST_AUTO_TEST_CASE(must_start_also_when_nobody_waits_for_them)
{
    task_folder folder;
    auto const result = folder.run("steps:\n  - {id: web, cmd: 'busybox:base no-such-program', detach: true}\n"
                                   "  - {id: next, cmd: 'busybox:base echo reached'}\n");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("failed to run step ID: web: the container did not start, exit status 127: ")
                   != std::string::npos, result.output);
    BOOST_TEST(result.output.find("no-such-program") != std::string::npos, result.output);
    folder.must_run("steps:\n  - {id: short, cmd: \"busybox:base sh -c 'exit 3'\", detach: true}\n");
}
BOOST_AUTO_TEST_CASE(are_told_apart_from_the_host)
{
    task_folder folder;
    auto const result = folder.run("steps:\n  - cmd: -v /etc:/x busybox:base ls /x\n");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("no folder of this machine") != std::string::npos, result.output);
}
BOOST_AUTO_TEST_SUITE_END()
