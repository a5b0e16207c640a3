// The mounts of RUN, and the options that RUN feels, through the executable and both executors.
#include "build_fixture.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_mounts)

std::vector<std::string> const executors{"sandbox", "oci_runtime"};

/// One context, built by one executor, never from the cache unless told so.
struct mount_fixture : build_fixture
{
    std::string on(std::string const& executor, std::string const& options = "--no-cache") const
    {
        return "--executor " + executor + " " + options;
    }
    /// What the last RUN of a Dockerfile says, without the log's own words.
    std::string output_of(std::string const& dockerfile, std::string const& options) const
    {
        std::string said;
        std::istringstream lines(must_build("FROM busybox:base\n" + dockerfile, options));
        for (std::string line; std::getline(lines, line);)
            if (auto const at = line.find("says "); at != std::string::npos && line.find("RUN") == std::string::npos)
                said += line.substr(at + 5) + "\n";
        return said;
    }
    std::string failure_of(std::string const& dockerfile, std::string const& options = {}) const
    {
        auto const result = build("FROM busybox:base\n" + dockerfile, options);
        return std::to_string(result.status) + " " + result.output;
    }
};

void contains(std::string const& text, std::string_view part)
{
    BOOST_TEST(text.find(part) != std::string::npos, part << " is not in\n" << text);
}

void lacks(std::string const& text, std::string_view part)
{
    BOOST_TEST(text.find(part) == std::string::npos, part << " is in\n" << text);
}

BOOST_DATA_TEST_CASE_F(mount_fixture, shows_the_context_without_what_is_ignored, boost::unit_test::data::make(executors), e)
{
    context.write("src/a", "alpha");
    context.write("src/deep/b", "beta");
    context.write("src/drop.log", "no");
    context.write(".dockerignore", "**/*.log\n");
    must("ln -s /etc " + (context / "src/out").string() + " && chown -R 1234:1234 " + (context / "src").string());
    auto const said = output_of("WORKDIR /w\n"
                                "RUN --mount=target=ctx,source=src echo says $(cat ctx/a ctx/deep/b; find ctx | sort; stat -c "
                                "%u:%g ctx ctx/a ctx/deep/b; touch ctx/x 2>&1 | grep -c Read-only)\n"
                                "RUN --mount=source=src/a,target=/one echo says $(cat /one; stat -c %u:%g /one)\n",
                                on(e));
    BOOST_TEST(said == "alphabetactx ctx/a ctx/deep ctx/deep/b ctx/out 0:0 0:0 0:0 1\nalpha0:0\n");
    BOOST_TEST(listing("w") == "755 0:0 w\n");
    BOOST_TEST(shell("ls " + unpacked() + "/one").status != 0);
}

BOOST_DATA_TEST_CASE_F(mount_fixture, throws_changes_to_the_context_away, boost::unit_test::data::make(executors), e)
{
    context.write("f", "old");
    auto const said = output_of("RUN --mount=target=/c,rw echo new > /c/f && touch /c/g && echo says $(cat /c/f)\n"
                                "RUN --mount=target=/c,rw echo says $(cat /c/f; ls /c)\n"
                                "RUN --mount=target=/c/f,source=f,rw echo new > /c/f && echo says $(cat /c/f)\n",
                                on(e));
    BOOST_TEST(said == "new\noldDockerfile f\nnew\n");
    BOOST_TEST(must("cat " + (context / "f").string() + "; ls " + context.path().string()) == "oldDockerfile\nf\n");
}

BOOST_DATA_TEST_CASE_F(mount_fixture, shows_stages_and_images, boost::unit_test::data::make(executors), e)
{
    auto const text = "FROM busybox:base AS tools\nRUN mkdir /t && echo one > /t/f && ln -s /t /link\n"
                      "RUN echo two > /t/g\n"
                      "FROM busybox:base\n"
                      "RUN --mount=from=tools,target=/x,source=/t echo says $(cat /x/f /x/g; touch /x/h 2>&1 | grep -c Read-only)\n"
                      "RUN --mount=from=tools,target=/x,source=link/g echo says $(cat /x)\n"
                      "RUN --mount=from=tools,target=/x,rw rm -r /x/t && echo says $(ls /x/t 2>&1 | grep -c such)\n"
                      "RUN --mount=from=busybox:base,target=/x echo says $(ls -d /x/bin /x/t 2>/dev/null)\n"
                      "RUN --mount=from=scratch,target=/x,rw touch /x/y && echo says $(ls /x)\n"
                      "RUN --mount=from=tools,target=/x,source=/ echo says $(cat /x/t/f)\n";
    auto const out = must_build(text, on(e));
    for (auto part : {"says one two 1", "says two", "says 1", "says /x/bin", "says y", "says one"})
        contains(out, part);
    BOOST_TEST(shell("ls -d " + unpacked() + "/x " + unpacked() + "/t").output.find("rootfs/x:") == std::string::npos);
    lacks(must("ls " + unpacked()), "x\n");
}

BOOST_DATA_TEST_CASE_F(mount_fixture, keeps_caches_between_builds, boost::unit_test::data::make(executors), e)
{
    auto const cache = "--mount=type=cache,target=/cache,id=" + tag + " ";
    auto const text = "RUN " + cache + "echo says $(cat /cache/count 2>/dev/null) $(stat -c '%a %u' /cache); echo x >> /cache/count\n";
    BOOST_TEST(output_of(text, on(e)) == "755 0\n");
    BOOST_TEST(output_of(text, on(e)) == "x 755 0\n");
    BOOST_TEST(listing(".").find("cache") == std::string::npos);
    // Its contents do not decide whether a step is run, and are not lost when it is not.
    output_of(text, on(e, ""));
    BOOST_TEST(output_of(text, on(e, "")) == "");
    auto const other = "RUN --mount=type=cache,target=/cache,id=" + tag + ",mode=0700,uid=1000,gid=1001 ";
    BOOST_TEST(output_of(other + "echo says $(ls /cache) $(stat -c '%a %u:%g' /cache)\n", on(e)) == "700 1000:1001\n");
    BOOST_TEST(output_of("RUN --mount=type=cache,target=/cache,ro,id=" + tag + " touch /cache/y || echo says refused\n", on(e))
               == "refused\n");
}

BOOST_DATA_TEST_CASE_F(mount_fixture, fills_a_new_cache, boost::unit_test::data::make(executors), e)
{
    auto const text = "FROM busybox:base AS seed\nRUN mkdir -p /s/d && echo seed > /s/d/f && chmod 751 /s && chown 7:8 /s/d/f\n"
                      "FROM busybox:base\nRUN --mount=type=cache,target=/c,id=" + tag + e
                      + ",from=seed,source=/s echo says $(cat /c/d/f; stat -c '%a %u:%g' /c /c/d/f); echo more >> /c/d/f; : " + e;
    contains(must_build(text + "\n", on(e, "")), "says seed 751 0:0 644 7:8");
    contains(must_build(text + "; true\n", on(e, "")), "says seed more 751 0:0 644 7:8");
}

BOOST_DATA_TEST_CASE_F(mount_fixture, locks_and_parts_caches, boost::unit_test::data::make(executors), e)
{
    auto const stage = [&](std::string const& name, std::string const& sharing) {
        return "FROM busybox:base AS " + name + "\nRUN --mount=type=cache,target=/c,id=" + tag + e + sharing
               + ",sharing=" + sharing + " touch /c/" + name + "; sleep 1; [ $(ls /c | wc -l) -lt 2 ] || echo met > /met; sleep 0.5; "
                                         "rm /c/" + name + "; echo " + name + " > /" + name + "\n";
    };
    auto const met = [&](std::string const& sharing) {
        must_build(stage("a", sharing) + stage("b", sharing)
                       + "FROM busybox:base\nCOPY --from=a /a /m* /x/\nCOPY --from=b /b /m* /x/\n",
                   on(e));
        return shell("cat " + unpacked() + "/x/met").output == "met\n";
    };
    BOOST_TEST(met("shared"));
    BOOST_TEST(!met("locked"));
    BOOST_TEST(!met("private"));
}

BOOST_DATA_TEST_CASE_F(mount_fixture, has_memory_folders, boost::unit_test::data::make(executors), e)
{
    BOOST_TEST(output_of("RUN --mount=type=tmpfs,target=/m,size=1m echo says $(df -k /m | tail -1 | tr -s ' ' | cut -d' ' -f2; "
                         "dd if=/dev/zero of=/m/f bs=1k count=2000 2>&1 | grep -c 'No space')\n",
                         on(e))
               == "1024 1\n");
    lacks(must("ls " + unpacked()), "m\n");
}

BOOST_DATA_TEST_CASE_F(mount_fixture, hands_secrets_in_and_shows_them_nowhere, boost::unit_test::data::make(executors), e)
{
    context.write("token", "hunter2hunter2\n");
    auto const options = on(e) + " --secret id=t,src=" + (context / "token").string() + " --secret id=v,env=ACRX_TEST_SECRET";
    context.write(".dockerignore", "token\n");
    context.write("Dockerfile",
                  "FROM busybox:base\nUSER app\n"
                  "RUN --mount=type=secret,id=t,uid=1000 cat /run/secrets/t; echo says $(wc -c < /run/secrets/t) $(stat -c '%a %u:%g' "
                  "/run/secrets/t)\nUSER root\n"
                  "RUN --mount=type=secret,id=v,env=V,required echo says ${#V} $(ls /run/secrets 2>&1 | grep -c such)\n"
                  "RUN --mount=type=secret,id=t,target=/etc/deep/t,mode=0444 --mount=type=secret,id=none echo says $(stat -c %a "
                  "/etc/deep/t) $(ls /run/secrets 2>/dev/null)\n");
    auto const out = must("ACRX_TEST_SECRET=correcthorse "
                          + quick("build -t " + tag + ":" + tag + " " + options + " " + context.path().string()));
    for (auto part : {"***", "says 15 400 1000:0", "says 12 1", "says 444"})
        contains(out, part);
    for (auto word : {"hunter2", "correcthorse"}) {
        lacks(out, word);
        BOOST_TEST(shell("grep -r " + std::string(word) + " " + home + "/cache " + home + "/runs").output == "");
        BOOST_TEST(shell("grep -r " + std::string(word) + " " + unpacked()).output == "");
        lacks(config(), word);
    }
    BOOST_TEST(shell("ls -d " + unpacked() + "/run " + unpacked() + "/etc/deep 2>/dev/null").output == "");
}

BOOST_FIXTURE_TEST_CASE(reruns_for_contents_and_definitions_only, mount_fixture)
{
    context.write("in/f", "1");
    context.write("out", "1");
    context.write("token", "one");
    auto const secret = "--secret id=s,src=" + (context / "token").string();
    std::string const text = "RUN --mount=source=in,target=/in --mount=type=secret,id=s --mount=type=cache,target=/c,id=x date +%N > /f\n";
    auto const made = [&](std::string const& dockerfile) {
        must_build("FROM busybox:base\n" + dockerfile, secret);
        return manifest();
    };
    auto const first = made(text);
    BOOST_TEST(made(text) == first);
    must("touch -d @1 " + (context / "in/f").string());
    context.write("out", "2");
    context.write("token", "two");
    BOOST_TEST(made(text) == first);
    BOOST_TEST(made("RUN --mount=source=in,target=/in --mount=type=secret,id=s "
                    "--mount=type=cache,target=/c,id=y,sharing=locked date +%N > /f\n") == first);
    context.write("in/f", "2");
    auto const second = made(text);
    BOOST_TEST(second != first);
    must("chmod 600 " + (context / "in/f").string());
    BOOST_TEST(made(text) != second);
    auto const hosts = secret + " --add-host db:10.0.0.";
    must_build("FROM busybox:base\n" + text, hosts + "1");
    auto const third = manifest();
    must_build("FROM busybox:base\n" + text, hosts + "2");
    BOOST_TEST(manifest() == third);
    must_build("FROM busybox:base\n" + text, secret + " --shm-size 1m");
    BOOST_TEST(manifest() != third);
}

BOOST_DATA_TEST_CASE_F(mount_fixture, forwards_an_agent, boost::unit_test::data::make(executors), e)
{
    if (!have("ssh-agent")) {
        BOOST_TEST_MESSAGE("skipped: needs openssh-client");
        return;
    }
    auto const key = (scratch / "key").string();
    must("ssh-keygen -q -t ed25519 -N '' -f " + key);
    auto const client = "RUN --mount=type=ssh,mode=0666 test -S $SSH_AUTH_SOCK && echo says $SSH_AUTH_SOCK $(stat -c %a $SSH_AUTH_SOCK)\n";
    BOOST_TEST(output_of(client, on(e) + " --ssh default=" + key) == "/run/buildkit/ssh_agent.0 666\n");
    BOOST_TEST(output_of("RUN --mount=type=ssh,id=other echo says $(ls /run/buildkit 2>/dev/null) $SSH_AUTH_SOCK\n", on(e))
               == "/run/buildkit/ssh_agent.0\n");
    contains(failure_of("RUN --mount=type=ssh,required true\n", on(e)), "no SSH key \"default\" forwarded from the client");
    // An agent that runs already.
    auto const out = must("eval $(ssh-agent) >/dev/null; ssh-add -q " + key + "; "
                          + quick("build -t " + tag + ":" + tag + " " + on(e) + " --ssh default " + context.path().string())
                          + "; ssh-agent -k >/dev/null");
    contains(out, "RUN --mount=type=ssh,required");
    lacks(must("ls " + unpacked()), "run");
}

BOOST_DATA_TEST_CASE_F(mount_fixture, obeys_the_options_of_the_command_line, boost::unit_test::data::make(executors), e)
{
    auto const said = output_of("RUN echo says $(grep -w db /etc/hosts) $(ulimit -n) $(df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2)\n",
                                on(e) + " --add-host db:10.1.2.3 --ulimit nofile=77:88 --shm-size 2m");
    BOOST_TEST(said == "10.1.2.3 db 77 2048\n");
    BOOST_TEST(output_of("RUN echo says $(grep -c . /proc/self/cgroup) $(hostname)\n",
                         on(e) + " --cgroup-parent acrx-test-" + tag + " --build-arg BUILDKIT_SANDBOX_HOSTNAME=box")
                   .find(" box\n")
               != std::string::npos);
    must("find /sys/fs/cgroup -depth -type d -name 'acrx-test-" + tag + "' -exec rmdir {} + 2>/dev/null || true");
    BOOST_TEST(shell("find /sys/fs/cgroup -name 'acrx-test-" + tag + "*'").output == "");
}

BOOST_DATA_TEST_CASE_F(mount_fixture, asks_for_entitlements, boost::unit_test::data::make(executors), e)
{
    auto const insecure = std::string("RUN --security=insecure echo says $(grep CapEff /proc/self/status | cut -f2) && mount -t tmpfs x /tmp && echo says mounted\n");
    auto const refused = failure_of(insecure, on(e));
    contains(refused, "security.insecure is not allowed");
    contains(refused, "Dockerfile:2");
    auto const said = output_of(insecure, on(e) + " --allow security.insecure");
    contains(said, "mounted\n");
    lacks(said, "a80425fb");
    contains(failure_of("RUN --network=host true\n"), "network.host is not allowed");
    must_build("FROM busybox:base\nRUN --network=host true\n", "--allow network.host");
    must_build("FROM busybox:base\nRUN --network=host true\n", "--network host");
    contains(failure_of("RUN --device=vendor/gpu true\n"), "device vendor/gpu is not allowed");
}

BOOST_FIXTURE_TEST_CASE(says_what_is_wrong_with_a_mount_and_where, mount_fixture)
{
    std::vector<std::pair<std::string, std::string>> const cases{
        {"RUN --mount=type=bnid,target=/x true", "unsupported mount type \"bnid\" (did you mean bind?)"},
        {"RUN --mount=type=cache true", "invalid mount target"},
        {"RUN --mount=target=/ true", "invalid mount target \"/\""},
        {"RUN --mount=target=/x,source=none true", "\"/none\": not found"},
        {"RUN --mount=target=/x,source=../../etc true", "\"/etc\": not found"},
        {"RUN --mount=type=secret,id=gone,required true", "secret gone: not found"},
        {"RUN --mount=type=cache,target=/x,sharing=some true", "unsupported sharing value \"some\""},
        {"RUN --mount=type=cache,target=/x,source=/y true", "\"/y\": not found"},
        {"RUN --mount=from=later,target=/x true\nFROM busybox:base AS later\nFROM busybox:base", "cannot mount from stage \"later\""},
        {"ARG A=b\nRUN --mount=from=$A,target=/x true", "'from' doesn't support variable expansion"},
    };
    for (auto const& [line, words] : cases) {
        auto const result = build("FROM busybox:base\n" + line + "\n", "--target 0");
        BOOST_TEST(result.status == 1, line);
        contains(result.output, words);
        contains(result.output, line.starts_with("ARG") ? "Dockerfile:3" : "Dockerfile:2");
    }
}

BOOST_FIXTURE_TEST_CASE(refuses_options_that_no_build_could_use, mount_fixture)
{
    context.write("Dockerfile", "FROM scratch\n");
    for (auto option : {"--secret src=x", "--secret id=a,type=x", "--secret id=a,colour=red", "--secret a", "--ssh =x", "--add-host db",
                        "--add-host db:nonsense", "--ulimit nofile", "--ulimit nonsense=1", "--ulimit nofile=2:1",
                        "--shm-size much", "--allow everything"}) {
        auto const result = build_as_it_is(option);
        BOOST_TEST(result.status == 2, option << result.output);
    }
    for (auto option : {"--secret id=a,src=/no/such/file", "--ssh x=/no/such/socket"}) {
        auto const result = build_as_it_is(option);
        BOOST_TEST(result.status == 1, option << result.output);
        contains(result.output, "Unable to find '/no/such/");
    }
}

BOOST_DATA_TEST_CASE_F(mount_fixture, runs_documents_of_every_kind, boost::unit_test::data::make(executors), e)
{
    must_build("FROM busybox:base\n"
               "RUN <<EOF\necho $0 > /plain\necho \"a  b\" >> /plain\nEOF\n"
               "RUN <<-EOF\n\techo tabs > /tabs\n\tEOF\n"
               "RUN << EOF\necho blank > /blank\nEOF\n"
               "RUN <<\"EOF\"\necho '$HOME' > /quoted\nEOF\n"
               "RUN <<prog\n#!/bin/awk -f\nBEGIN { print \"awk\" > \"/awk\" }\nprog\n"
               "RUN sh -s word <<EOF\necho $1 > /never\necho \\$1 > /fed\nEOF\n"
               "RUN cat <<A <<B > /b && cat <<C > /c\nalpha\nA\nbeta\nB\ngamma\nC\n"
               "RUN cat 3<<X <&3 > /fd\nthree\nX\n"
               "SHELL [\"/bin/busybox\", \"ash\", \"-eu\", \"-c\"]\n"
               "RUN <<EOF\nfalse && true\necho $0 > /shell\nEOF\n",
               on(e));
    auto const root = unpacked();
    BOOST_TEST(must("cd " + root + " && cat plain tabs blank quoted awk fed b c fd")
               == "/bin/sh\na  b\ntabs\nblank\n$HOME\nawk\nword\nbeta\ngamma\nthree\n");
    BOOST_TEST(shell("ls " + root + "/dev/pipes").status != 0);
}

BOOST_DATA_TEST_CASE_F(mount_fixture, reports_codes_and_signals, boost::unit_test::data::make(executors), e)
{
    contains(failure_of("RUN exit 3\n", on(e)), "process \"/bin/sh -c exit 3\" did not complete successfully: exit code: 3");
    contains(failure_of("RUN sh -c 'kill -9 $$'; exit $?\n", on(e)), "exit code: 137");
    contains(failure_of("RUN sh -c 'kill -15 $$'; exit $?\n", on(e)), "exit code: 143");
    contains(failure_of("RUN [\"/etc/passwd\"]\n", on(e)), "exit code: 126");
    contains(failure_of("RUN [\"no-such\"]\n", on(e)), "exit code: 127");
    contains(failure_of("SHELL [\"/bin/none\", \"-c\"]\nRUN true\n", on(e)), "process \"/bin/none -c true\"");
}

BOOST_AUTO_TEST_SUITE_END()
