// RUN and the image's config through the executable.
#include "build_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_run)

BOOST_FIXTURE_TEST_CASE(runs_shell_exec_and_documents, build_fixture)
{
    must_build("FROM busybox:base\nSHELL [\"/bin/sh\", \"-ec\"]\nARG V=arg\nENV E=env\nRUN echo $V $E > /shell\n"
               "RUN [\"/bin/sh\", \"-c\", \"echo $0 > /exec\", \"zero\"]\nRUN <<EOF\necho 1 > /doc\necho 2 >> /doc\nEOF\n"
               "RUN <<S\n#!/bin/sh\necho script > /script\nS\nRUN cat <<A > /two\nalpha\nA\n");
    auto const root = unpacked();
    BOOST_TEST(must("cd " + root + " && cat shell exec doc script two") == "arg env\nzero\n1\n2\nscript\nalpha\n");
}

BOOST_FIXTURE_TEST_CASE(runs_as_the_user_in_the_working_folder, build_fixture)
{
    auto const out = must_build("FROM busybox:base\nUSER app\nWORKDIR /home/app\n"
                                "RUN echo \"who=$(id -u):$(id -g):$(id -G) home=$HOME pwd=$(pwd) umask=$(umask)\" && touch mine\n");
    BOOST_TEST(out.find("who=1000:1001:1001 33 home=/home/app pwd=/home/app umask=0022") != std::string::npos, out);
    BOOST_TEST(listing("home/app") == "755 1000:1001 home/app\n644 1000:1001 home/app/mine\n");
}

BOOST_FIXTURE_TEST_CASE(shows_the_process_what_docker_shows, build_fixture)
{
    auto const out = must_build("FROM busybox:base\nRUN grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status; "
                                "hostname; ls /dev/null /dev/pts /dev/shm; env | sort; ls /proc/1/fd | wc -l; "
                                "mkdir /sys/fs/x 2>/dev/null && echo sys-$((1+0)); cat /etc/hosts; true\n");
    for (auto text : {"CapEff:\t00000000a80425fb", "CapBnd:\t00000000a80425fb", "NoNewPrivs:\t0", "Seccomp:\t2",
                      "buildkitsandbox", "HOME=/root", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                      "localhost"})
        BOOST_TEST(out.find(text) != std::string::npos, text << " is not in\n" << out);
    BOOST_TEST(out.find("sys-1") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(leaves_no_trace_of_its_mounts, build_fixture)
{
    must_build("FROM scratch\nCOPY --from=busybox:base /bin/busybox /bin/busybox\nRUN [\"/bin/busybox\", \"true\"]\n");
    BOOST_TEST(listing(".") == "755 0:0 .\n755 0:0 ./bin\n" + must("stat -c '%a 0:0 ./bin/busybox' /bin/busybox"));
}

BOOST_FIXTURE_TEST_CASE(removes_files_of_lower_layers, build_fixture)
{
    must_build("FROM busybox:base\nRUN mkdir -p /d/s && touch /d/a /d/s/b\nRUN rm /d/a && rm -r /d/s && mkdir /d/s && touch /d/s/new\n");
    BOOST_TEST(listing("d") == "755 0:0 d\n755 0:0 d/s\n644 0:0 d/s/new\n");
}

BOOST_FIXTURE_TEST_CASE(says_how_a_step_failed, build_fixture)
{
    auto const result = build("FROM busybox:base\nRUN echo last words; exit 7\n");
    BOOST_TEST(result.status == 1);
    for (auto text : {"exit code: 7", "last words", "Dockerfile:2", "did not complete successfully"})
        BOOST_TEST(result.output.find(text) != std::string::npos, text << " is not in\n" << result.output);
    BOOST_TEST(build("FROM busybox:base\nRUN [\"no-such-program\"]\n").output.find("executable file not found in $PATH")
               != std::string::npos);
    BOOST_TEST(build("FROM busybox:base\nUSER nobody-here\nRUN true\n").output.find(
                   "unable to find user nobody-here: no matching entries in passwd file")
               != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(has_no_network_when_told_so, build_fixture)
{
    auto const out = must_build("FROM busybox:base\nRUN --network=none ip -o link\n");
    BOOST_TEST(out.find("lo:") != std::string::npos, out);
    BOOST_TEST(out.find("eth") == std::string::npos, out);
}

BOOST_FIXTURE_TEST_CASE(ends_background_processes_with_the_step, build_fixture)
{
    must_build("FROM busybox:base\nRUN sh -c 'sleep 1000 & sleep 1001 & true'\n");
    BOOST_TEST(shell("pgrep -f 'sleep 100[01]'").status != 0);
}

BOOST_FIXTURE_TEST_CASE(is_cached_until_an_argument_changes, build_fixture)
{
    std::string const text = "FROM busybox:base\nARG V\nRUN date +%N > /f\nLABEL l=1\n";
    must_build(text, "--build-arg V=1");
    auto const first = manifest();
    must_build(text, "--build-arg V=1");
    BOOST_TEST(manifest() == first);
    must_build(text, "--build-arg V=2");
    BOOST_TEST(manifest() != first);
    must_build(text, "--build-arg V=1 --no-cache");
    BOOST_TEST(manifest() != first);
}

BOOST_FIXTURE_TEST_CASE(never_shows_a_secret_argument, build_fixture)
{
    auto const out = must_build("FROM busybox:base\nARG TOKEN\nRUN echo token=$TOKEN; echo $TOKEN | wc -c > /length\n",
                                "--secret-build-arg TOKEN=hunter2hunter2");
    BOOST_TEST(out.find("hunter2") == std::string::npos, out);
    BOOST_TEST(must("cat " + unpacked() + "/length") == "15\n");
    BOOST_TEST(config().find("hunter2") == std::string::npos);
    BOOST_TEST(shell("grep -r hunter2 " + home + "/runs " + home + "/cache").output == "");
}

BOOST_FIXTURE_TEST_CASE(writes_the_config_that_docker_reads, build_fixture)
{
    must_build("FROM scratch\nENV A=1\nLABEL k=v\nEXPOSE 80 53/udp\nVOLUME /data\nUSER 1:2\nWORKDIR /w\n"
               "ENTRYPOINT [\"/e\"]\nCMD [\"c\"]\nSTOPSIGNAL SIGQUIT\nHEALTHCHECK --interval=5s CMD /h\nONBUILD RUN x\n");
    auto text = config();
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    for (auto part : {"\"ExposedPorts\":{\"53/udp\":{},\"80/tcp\":{}}", "\"User\":\"1:2\"", "\"Entrypoint\":[\"/e\"]",
                      "\"Cmd\":[\"c\"]", "\"WorkingDir\":\"/w\"", "\"Labels\":{\"k\":\"v\"}", "\"StopSignal\":\"SIGQUIT\"",
                      "\"Volumes\":{\"/data\":{}}"})
        BOOST_TEST(text.find(part) != std::string::npos, part << " is not in " << text);
}

BOOST_FIXTURE_TEST_CASE(runs_triggers_of_the_base, build_fixture)
{
    must_build("FROM busybox:base\nONBUILD RUN echo fired > /fired\n");
    build_fixture child;
    child.must_build("FROM " + tag + ":" + tag + "\n");
    BOOST_TEST(must("cat " + child.unpacked() + "/fired") == "fired\n");
    build_fixture grandchild;
    BOOST_TEST(grandchild.must_build("FROM " + child.tag + ":" + child.tag + "\nLABEL x=y\n").find("fired") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
