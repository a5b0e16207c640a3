// Builds by an ordinary user: with subordinate ids, with one id, and where user namespaces are refused.
#include <support/ordinary_user.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_ordinary_user, *boost::unit_test::precondition(can_make_users))

void contains(std::string const& text, std::string const& part)
{
    BOOST_TEST(text.find(part) != std::string::npos, part << " is not in\n" << text);
}

/// A program that runs its arguments in a user namespace of root's, below which there may be no other.
std::string without_user_namespaces(scratch_folder const& folder)
{
    auto const script = folder.write("deny", R"sh(
unshare --user sh -c 'until [ "$(id -u)" = 0 ]; do sleep 0.01; done
exec sh -c "echo 0 > /proc/sys/user/max_user_namespaces; exec \"\$@\"" sh "$@"' sh "$@" &
until echo 0 0 65536 2>/dev/null > /proc/$!/gid_map; do sleep 0.01; done 2>/dev/null
echo 0 0 65536 > /proc/$!/uid_map
wait $!
)sh");
    return "sh " + script.string();
}

/// What changes owners, modes, links, attributes and folders of many users, in layers and between stages.
std::string many_owners(std::string const& base)
{
    return "FROM " + base + " AS one\n"
           "RUN mkdir -p /data/deep && echo a > /data/a && chown -R 1000:1001 /data && chmod 6755 /data/a && chmod 1777 /data/deep\n"
           "RUN ln -s a /data/link && ln /data/a /data/hard && mkfifo -m 620 /data/pipe && chown 12345:54321 /data/pipe "
           "&& chown -h 7:8 /data/link\n"
           "USER app\nWORKDIR /home/app\nRUN echo $(id -u) $(id -g) $(id -G) $HOME > who && touch mine\n"
           "USER 65533:65532\nRUN test $(id -u) = 65533 && touch /tmp/theirs\n"
           "FROM " + base + "\n"
           "RUN rm -r /owned/gone /owned/deep && rm -rf /hidden && mkdir -m 700 /hidden && echo new > /hidden/new\n"
           "COPY --from=one /data /data\nCOPY --from=one --chown=33:42 /home /home\nCOPY --chown=app:web --chmod=4711 file /etc/conf\n"
           "RUN test $(stat -c %u:%g:%a /etc/conf) = 1000:33:4711 && chown 42:42 /owned/file && stat -c '%a %u:%g %n' /data/* > /list\n"
           "WORKDIR /made/here\nCMD [\"sh\"]\n";
}

BOOST_AUTO_TEST_CASE(makes_the_image_that_root_makes)
{
    owners_base const base;
    ordinary_user const user;
    scratch_folder const context;
    for (auto const& [name, text] : {std::pair{"Dockerfile", many_owners(base.name())}, {"file", std::string("content")}}) {
        context.write(name, text);
        user.write(std::string("context/") + name, text);
    }
    auto const image = base.host() + "/it:";
    auto const words = " --output type=image,push=true,rewrite-timestamp=true ";
    auto const ours = must(base.as_root("-t " + image + "root" + words + context.path().string()));
    auto const theirs = user.build("-t " + image + "user" + words + user.home() + "/context");
    BOOST_TEST(theirs.status == 0, theirs.output);
    BOOST_TEST(word_after(theirs.output, "Digest:") == word_after(ours, "Digest:"));
    check_image("docker://" + image + "user");
    // The state lies where the user keeps data.
    BOOST_TEST(shell("test -d " + user.home() + "/.local/share/acrx").status == 0);
    BOOST_TEST(must("stat -c %U " + user.home() + "/.local/share/acrx/index.json") == user.name() + "\n");
    auto const again = user.build("-t " + image + "user" + words + user.home() + "/context");
    contains(again.output, "CACHED");
    BOOST_TEST(word_after(again.output, "Digest:") == word_after(ours, "Digest:"));
    auto const pruned = user.run(user.program() + " prune --all");
    BOOST_TEST(pruned.status == 0, pruned.output);
    contains(pruned.output, "cacheEntries");
}

BOOST_DATA_TEST_CASE(mounts_all_types, boost::unit_test::data::make({"sandbox", "oci_runtime"}), executor)
{
    owners_base const base;
    ordinary_user const user;
    user.write("context/in/f", "bound\n");
    user.write("context/out", "not seen\n");
    user.write("token", "hunter2hunter2\n");
    user.write("context/Dockerfile",
               "FROM " + base.name() + " AS tools\nRUN echo tool > /tool && chown 5:6 /tool\nFROM " + base.name() + "\n"
               "RUN --mount=source=in,target=/in echo says $(cat /in/f; touch /in/x 2>&1 | grep -c Read-only)\n"
               "RUN --mount=target=/in,rw rm /in/out && touch /in/new && echo says rw $(ls /in)\n"
               "RUN --mount=from=tools,target=/t echo says $(stat -c %u:%g /t/tool; cat /t/tool)\n"
               "RUN --mount=type=cache,target=/c,uid=1000,gid=1001,mode=0750 echo says $(stat -c '%a %u:%g' /c); echo x >> /c/n\n"
               "USER app\nRUN --mount=type=cache,target=/c,uid=1000,gid=1001,mode=0750 echo says cached $(cat /c/n)\nUSER root\n"
               "RUN --mount=type=tmpfs,target=/m,size=1m echo says $(df -k /m | tail -1 | tr -s ' ' | cut -d' ' -f2)\n"
               "RUN --mount=type=secret,id=t,uid=1000,mode=0440 echo says secret $(stat -c '%a %u:%g %s' /run/secrets/t)\n"
               "RUN --network=none ip -o link | grep -c . && ls /sys/class /proc/self >/dev/null\n"
               "RUN --network=none echo says $(ip -o link | wc -l) net\n"
               "RUN echo says $(tr '\\0' ' ' < /proc/1/cmdline | grep -c says) proc $(ls /proc | grep -c '^[0-9]')\n"
               "RUN --mount=type=ssh,mode=0666 test -S $SSH_AUTH_SOCK && echo says agent\n");
    auto const words = std::string("--executor ") + executor + " -t m:m --secret id=t,src=" + user.home() + "/token --ssh default "
                       + user.home() + "/context";
    auto const build = [&] {
        return user.run("eval $(ssh-agent) >/dev/null; " + user.program() + " build " + words
                        + "; code=$?; ssh-agent -k >/dev/null; exit $code");
    };
    auto const out = build();
    BOOST_TEST(out.status == 0, out.output);
    for (auto part : {"says bound 1", "says rw Dockerfile in new", "says 5:6 tool", "says 750 1000:1001", "says cached x",
                      "says 1024", "says secret 440 1000:0 15", "says 1 net", "says 1 proc", "says agent"})
        contains(out.output, part);
    BOOST_TEST(out.output.find("hunter2") == std::string::npos);
    contains(build().output, "CACHED");
}

BOOST_DATA_TEST_CASE(devices_of_the_machine, boost::unit_test::data::make({"sandbox", "oci_runtime"}), executor)
{
    owners_base const base;
    ordinary_user const user;
    user.write("cdi/thing.json", R"({"cdiVersion": "0.7.0", "kind": "vendor.com/thing", "devices": [{"name": "other", "containerEdits":
        {"env": ["THING=1"], "deviceNodes": [{"path": "/dev/other", "hostPath": "/dev/zero"}]}}]})");
    user.write("context/Dockerfile", "FROM " + base.name() + "\nRUN --device=vendor.com/thing=other,required "
                                     "echo says $(stat -c %t:%T /dev/other; head -c 5 /dev/other | wc -c) $THING\n");
    auto const built = user.build(std::string("--executor ") + executor + " --allow device --cdi-spec-dir " + user.home() + "/cdi "
                                  + user.home() + "/context");
    BOOST_TEST(built.status == 0, built.output);
    contains(built.output, "says 1:5 5 1");
}

BOOST_AUTO_TEST_CASE(refuses_what_only_root_has)
{
    owners_base const base;
    ordinary_user const user;
    user.write("context/Dockerfile", "FROM " + base.name() + "\nRUN true\n");
    auto const limited = user.build("--cgroup-parent some " + user.home() + "/context");
    BOOST_TEST(limited.status == 4, limited.output);
    contains(limited.output, "control group");
    user.write("context/Dockerfile", "FROM " + base.name() + "\nUSER 100000\nRUN true\n");
    auto const foreign = user.build(user.home() + "/context");
    BOOST_TEST(foreign.status == 4, foreign.output);
    contains(foreign.output, "running a step as user 100000");
}

BOOST_AUTO_TEST_CASE(writes_folders_that_the_user_owns)
{
    owners_base const base;
    ordinary_user const user;
    user.write("context/Dockerfile", "FROM " + base.name() + "\nRUN chown 1000 /owned/file\n");
    auto const out = user.build("--output type=local,dest=" + user.home() + "/out " + user.home() + "/context");
    BOOST_TEST(out.status == 0, out.output);
    BOOST_TEST(must("stat -c %U " + user.home() + "/out/owned/file") == user.name() + "\n");
}

BOOST_AUTO_TEST_CASE(shows_its_children_the_account_of_the_user)
{
    ordinary_user const user;
    user.write("bin/ssh", "#!/bin/sh\ngetent passwd 0 > $HOME/seen\nexit 1\n");
    must("chmod 755 " + user.home() + "/bin/ssh");
    user.run("PATH=" + user.home() + "/bin:$PATH " + user.program() + " build git@localhost:a/b.git");
    contains(shell("cat " + user.home() + "/seen").output, user.name() + ":x:0:0::" + user.home() + ":");
    BOOST_TEST(shell("ls /tmp/acrx-passwd-* 2>/dev/null").output == "");
}

BOOST_AUTO_TEST_CASE(leaves_device_nodes_to_the_image)
{
    owners_base const base;
    ordinary_user const user;
    scratch_folder const context;
    context.write("Dockerfile", "FROM " + base.name() + "\nRUN mknod /null2 c 1 3 && ln /null2 /null3 && echo x > /beside\n");
    auto const image = base.host() + "/devices:";
    must(base.as_root("-t " + image + "1 " + context.path().string()));
    user.write("context/Dockerfile", "FROM " + image + "1\nRUN test ! -e /null2 && test -e /beside && mv /beside /moved\n");
    auto const out = user.build("-t " + image + "2 " + user.home() + "/context");
    BOOST_TEST(out.status == 0, out.output);
    contains(out.output, "Steps do not see /null2 and other device nodes");
    context.write("Dockerfile", "FROM " + image + "2\nRUN test -c /null2 && test -c /null3 && test ! -e /beside\n");
    must(base.as_root(context.path().string()));
}

BOOST_AUTO_TEST_CASE(runs_steps_of_one_owner_with_one_id)
{
    owners_base const base;
    ordinary_user const user(ordinary_user::ids::one);
    auto const subuid = "/etc/subuid gives this user no ids: add the line `" + user.name() + ":100000:65536`";
    user.write("context/busybox", "");
    must("cat /bin/busybox > " + user.home() + "/context/busybox && chmod 755 " + user.home() + "/context/busybox");
    std::string const text = "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"sh\", \"-c\", \"/bin/busybox id -u > /f\"]\n";
    user.write("context/Dockerfile", text);
    auto const out = user.build("-t one:one " + user.home() + "/context");
    BOOST_TEST(out.status == 0, out.output);
    contains(out.output, "Steps work on files of one user only. " + subuid);
    user.write("context/Dockerfile", text + "USER 1000:1001\nRUN [\"/bin/busybox\", \"true\"]\n");
    auto const other = user.build(user.home() + "/context");
    BOOST_TEST(other.status == 4, other.output);
    contains(other.output, "running a step as user 1000:1001");
    contains(other.output, subuid);
    user.write("context/Dockerfile", "FROM " + base.name() + "\nRUN true\n");
    auto const owned = user.build(user.home() + "/context");
    BOOST_TEST(owned.status == 4, owned.output);
    contains(owned.output, subuid);
    user.write("context/Dockerfile", "FROM scratch\nCOPY --from=" + base.name() + " /owned /hidden /owned/\n");
    auto const copied = user.build("-t " + base.host() + "/c:1 " + user.home() + "/context");
    BOOST_TEST(copied.status == 0, copied.output);
}

BOOST_AUTO_TEST_CASE(builds_all_but_run_without_user_namespaces)
{
    owners_base const base;
    ordinary_user const user;
    scratch_folder const context;
    auto const text = "FROM " + base.name() + " AS one\nCOPY --chown=app:web --chmod=4711 file /f\nFROM " + base.name()
                      + "\nCOPY --from=one /f /owned /x/\nADD --chown=5:6 file /y\nUSER app\nWORKDIR /w\n";
    for (auto const& [name, bytes] : {std::pair{"Dockerfile", text}, {"file", std::string("content")}}) {
        context.write(name, bytes);
        user.write(std::string("context/") + name, bytes);
    }
    auto const image = base.host() + "/copied:";
    auto const words = " --output type=image,push=true,rewrite-timestamp=true ";
    auto const ours = must(base.as_root("-t " + image + "root" + words + context.path().string()));
    auto const theirs = user.build("-t " + image + "user" + words + user.home() + "/context", without_user_namespaces(context));
    BOOST_TEST(theirs.status == 0, theirs.output);
    BOOST_TEST(word_after(theirs.output, "Digest:") == word_after(ours, "Digest:"));

    user.write("context/Dockerfile", text + "RUN true\n");
    auto const refused = user.build(user.home() + "/context", without_user_namespaces(context));
    BOOST_TEST(refused.status == 4, refused.output);
    contains(refused.output, "set the sysctl user.max_user_namespaces");
    BOOST_TEST(refused.output.find("RUN needs root") == refused.output.rfind("RUN needs root"));
}

BOOST_AUTO_TEST_SUITE_END()
