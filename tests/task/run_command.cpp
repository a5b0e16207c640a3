#include <acrx/task/run_command.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using task_tests::failure;

BOOST_AUTO_TEST_SUITE(task_run_command)

namespace {
using texts = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(an_image_and_its_arguments)
{
    auto const plain = parse_run_command("alpine:3.20 echo 'hello world' -e X --rm");
    BOOST_TEST(plain.image == "alpine:3.20");
    BOOST_TEST((plain.arguments == texts{"echo", "hello world", "-e", "X", "--rm"}));
    BOOST_TEST(plain.env.empty());
    BOOST_TEST(parse_run_command("host:5000/a/b@sha256:00").image == "host:5000/a/b@sha256:00");
    BOOST_TEST(parse_run_command("a").arguments.empty());
    BOOST_TEST((parse_run_command("bash -c 'a | b > c; $(d)'").arguments == texts{"-c", "a | b > c; $(d)"}));
    BOOST_TEST((parse_run_command("-- a -b").image == "a"));
}

BOOST_AUTO_TEST_CASE(options_of_docker_run_may_stand_before_the_image)
{
    auto const c = parse_run_command(
        "--rm -it -e A=1 --env=B -v /x:/y:ro --mount type=tmpfs,target=/t --tmpfs /t2 -p 1:2 --expose 3 --add-host h:1 "
        "--network-alias al --ulimit nofile=1 --cap-add NET_ADMIN --cap-drop ALL --entrypoint '' -u 1:2 -w /w "
        "--network n "
        "--hostname hn --platform linux/arm64 --pull always --cpus .5 -m 1g --shm-size 2g --privileged --read-only -d "
        "--init "
        "--name web --security-opt no-new-privileges --group-add 44 --device /dev/null --pids-limit 9 -l a=b img arg");
    BOOST_TEST((c.image == "img" && c.arguments == texts{"arg"} && c.env == texts{"A=1", "B"}));
    BOOST_TEST(
        (c.volumes == texts{"/x:/y:ro"} && c.mounts == texts{"type=tmpfs,target=/t"} && c.tmpfs == texts{"/t2"}));
    BOOST_TEST((c.ports == texts{"1:2"} && c.expose == texts{"3"} && c.add_hosts == texts{"h:1"}));
    BOOST_TEST((c.security_options == texts{"no-new-privileges"} && c.groups == texts{"44"} && c.processes == "9"));
    BOOST_TEST((c.devices == texts{"/dev/null"}));
    BOOST_TEST((c.network_aliases == texts{"al", "web"} && c.ulimits == texts{"nofile=1"}));
    BOOST_TEST((c.cap_add == texts{"NET_ADMIN"} && c.cap_drop == texts{"ALL"}));
    BOOST_TEST((c.entry_point == std::optional<std::string>("") && c.user == "1:2" && c.working_directory == "/w"));
    BOOST_TEST((c.network == "n" && c.hostname == "hn" && c.platform == "linux/arm64" && c.pull == "always"));
    BOOST_TEST((c.cpus == ".5" && c.memory == "1g" && c.shm_size == "2g"));
    BOOST_TEST((c.privileged && c.read_only && c.detach && c.init));
    BOOST_TEST((c.ignored == texts{"--rm", "-i", "-t", "-l"}));
    BOOST_TEST(!parse_run_command("img").entry_point.has_value());
}

BOOST_AUTO_TEST_CASE(wrong_commands_are_refused)
{
    for (auto const* nothing : {"", "  ", "--rm", "'' a", "-e A=1"})
        BOOST_TEST(failure([&] { parse_run_command(nothing); }).starts_with("a cmd step names no image"), nothing);
    BOOST_TEST(failure([] {
                   parse_run_command("--nam x img");
               }).starts_with("docker run: unknown option '--nam'\nDid you mean"));
    BOOST_TEST(
        failure([] { parse_run_command("--restart always img"); })
        == "docker run: the option --restart is not supported\nUse 'retries' of the step.");
    BOOST_TEST(failure([] { parse_run_command("$Registry/app:$ID run"); })
               == "the image name '$Registry/app:$ID' holds '$'\nThere is no such alias; those such as $Registry "
                  "need 'version: v1.1.0' in the task file.");
    BOOST_TEST(failure([] { parse_run_command("img a\nimg b\n"); }).starts_with("a step runs one command"));
    BOOST_TEST(failure([] { parse_run_command("img a > b"); }).starts_with("'>' outside quotes needs a shell"));
}

BOOST_AUTO_TEST_SUITE_END()
