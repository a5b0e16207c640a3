// One table of what a container step must do, over every container executor.
#include "container_engines.hpp"

#include <acrx/core/error.hpp>
#include <acrx/executor/host_device.hpp>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <linux/capability.h>
#include <sys/prctl.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>
using namespace acrx;
using namespace std::chrono_literals;

using testing::dockerd_engine;
using testing::is_missing;
using testing::joined;
using testing::podman_engine;

namespace {
using engines = boost::mpl::list<testing::oci_engine, dockerd_engine, podman_engine>;

/// Ends the engines after the last case.
struct engines_end
{
    ~engines_end()
    {
        dockerd_engine::stop();
        podman_engine::stop();
    }
};
BOOST_TEST_GLOBAL_FIXTURE(engines_end);
}  // namespace

BOOST_AUTO_TEST_SUITE(integration_executor_containers)

template<class X>
testing::step_result run_to_end(X& executor, step_spec const& spec, step_key const& key)
{
    testing::step_result result;
    auto sink = [&](std::string_view text) { result.output += text; };
    result.state = testing::run_beside(run_step(executor, spec, key, sink));
    return result;
}

/// One line of the table.
struct container_case
{
    std::string name;
    std::vector<std::string> args;
    std::function<void(step_spec&, std::filesystem::path const&)> change = {};
    int code = 0;
    std::string output = {};    ///< all of it
    std::string contains = {};  ///< or a part of it
    bool needs_resources = false;  ///< engines do it only with CAP_SYS_RESOURCE
};

void write(std::filesystem::path const& path, std::string const& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

std::vector<container_case> const& cases()
{
    using path = std::filesystem::path;
    auto const sh = [](std::string text) { return std::vector<std::string>{"sh", "-c", std::move(text)}; };
    static std::vector<container_case> const table{
        {"success", {"true"}},
        {"failure", sh("exit 7"), {}, 7},
        {"its own signal", sh("kill -9 $$; kill -KILL -1; exit 3"), {}, 3},  // process 1 does not die of itself
        {"a signal to a child", sh("sh -c 'kill -TERM $$'; exit $?"), {}, 143},
        {"both outputs", sh("echo out; echo err >&2"), {}, 0, "", "err"},
        {"no such program", {"no-such-program"}, {}, 127, "", "no-such-program"},
        {"no such program by path", {"/bin/none"}, {}, 127},
        {"not executable", {"/bin/not-executable"}, {}, 126},
        {"arguments as they are", {"busybox", "echo", "A  B", "$x 'y'"}, {}, 0, "A  B $x 'y'\n"},
        {"environment", sh("echo $ONE $HOME"), [](auto& s, path const&) { s.env.push_back("ONE=1"); }, 0, "1 /root\n"},
        {"working folder", sh("pwd"), [](auto& s, path const&) { s.working_dir = "/work/deep"; }, 0, "/work/deep\n"},
        {"user", sh("id -u; id -g"),
         [](auto& s, path const&) {
             s.uid = 1234;
             s.gid = 77;
         },
         0, "1234\n77\n"},
        {"host name", sh("hostname"), [](auto& s, path const&) { s.hostname = "web"; }, 0, "web\n"},
        {"no network", sh("ip addr | grep -c inet.*eth"), [](auto& s, path const&) { s.network = network_mode::none; }, 1,
         "0\n"},
        {"mount of a folder", sh("cat /in/a; echo more >/in/b; cat /in/b"),
         [](auto& s, path const& folder) {
             write(folder / "in/a", "text\n");
             s.mounts.push_back(bind_mount{folder / "in", "/in", false});
         },
         0, "text\nmore\n"},
        {"mount that is read-only", sh("echo x >/in/b"),
         [](auto& s, path const& folder) {
             write(folder / "in/a", "text\n");
             s.mounts.push_back(bind_mount{folder / "in", "/in", true});
         },
         1, "", "ead-only"},
        {"file in memory", sh("cat /run/secret"),
         [](auto& s, path const&) { s.mounts.push_back(memory_file{"hidden\n", "/run/secret"}); }, 0, "hidden\n"},
        {"memory filesystem", sh("mount | grep ' /scratch ' | grep -c size=1024k; echo x >/scratch/y"),
         [](auto& s, path const&) { s.mounts.push_back(tmpfs_mount{"/scratch", 1 << 20}); }, 0, "1\n"},
        {"read-only root", sh("touch /x"), [](auto& s, path const&) { s.read_only_root = true; }, 1, "", "ead-only"},
        {"usual capabilities", sh("mount -t tmpfs t /tmp"), {}, 1, "", "denied"},
        {"capabilities of one's own", sh("grep CapBnd /proc/self/status | tr '\\t' ' '"),
         [](auto& s, path const&) { s.rights.capabilities = 1; }, 0, "CapBnd: 0000000000000001\n"},
        {"a capability with its system calls", sh("mount -t tmpfs t /tmp && echo done"),
         [](auto& s, path const&) { s.rights.capabilities |= 1 << 21; }, 0, "done\n", "", true},
        {"no new privileges, no filter", sh("grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status | tr '\\t' ' '"),
         [](auto& s, path const&) { s.rights = {.filtered = false, .no_new_privileges = true}; }, 0,
         "NoNewPrivs: 1\nSeccomp: 0\n"},
        {"a device", sh("head -c 3 /dev/mine | wc -c"),
         [](auto& s, path const&) { s.devices.push_back(parse_host_device("/dev/zero:/dev/mine:r")); }, 0, "3\n"},
        {"privileged", sh("mount -t tmpfs t /tmp && echo done"), [](auto& s, path const&) { s.privileged = true; }, 0,
         "done\n", "", true},
        {"extra host", sh("grep -c '10.0.0.9.*far' /etc/hosts"),
         [](auto& s, path const&) { s.extra_hosts = {{"far", "10.0.0.9"}}; }, 0, "1\n"},
        {"limit of processes", sh("i=0; while [ $i -lt 60 ]; do sleep 20 & i=$((i+1)); done; echo all"),
         [](auto& s, path const&) { s.quota.processes = 30; }, 2, "", "fork"},  // engines start steps with a dozen threads
        {"limit of processors", sh("cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null; true"),
         [](auto& s, path const&) { s.quota.cpus = 0.5; }, 0},
        {"other limits", sh("ulimit -n"), [](auto& s, path const&) { s.limits = {{"nofile", 512, 1024}}; }, 0, "512\n", "", true},
    };
    return table;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(every_line_of_the_table_holds, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    int number = 0;
    for (auto const& one : cases()) {
        if (one.needs_resources && ::prctl(PR_CAPBSET_READ, CAP_SYS_RESOURCE, 0, 0, 0) != 1
            && !std::is_same_v<E, testing::oci_engine>)
            continue;
        BOOST_TEST_CONTEXT(one.name)
        {
            auto spec = engine.step();
            spec.args = one.args;
            spec.timeout = 60s;
            auto const place = engine.folder() / ("case" + std::to_string(++number));
            if (one.change)
                one.change(spec, place);
            try {
                auto const result = run_to_end(engine.executor, spec, "table/case/" + std::to_string(number));
                BOOST_TEST(result.state.code == one.code, "code " << result.state.code << ", output " << result.output);
                if (!one.output.empty())
                    BOOST_TEST(result.output == one.output);
                BOOST_TEST(result.output.find(one.contains) != std::string::npos, result.output);
            } catch (error const& e) {
                BOOST_ERROR(e.text());
            }
        }
    }
    testing::run_beside(engine.executor.end_run("table"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_step_that_uses_up_its_memory_is_killed_and_that_is_known, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto spec = engine.step();
    spec.args = {"sh", "-c", "x=$(dd if=/dev/zero bs=1M count=80 2>/dev/null | tr '\\0' x); echo ${#x}"};
    spec.quota.memory = 24 << 20;
    auto const result = run_to_end(engine.executor, spec, "r/memory/1");
    BOOST_TEST(result.state.code != 0);
    if (!std::is_same_v<E, podman_engine>)  // which does not say so everywhere
        BOOST_TEST(result.state.out_of_memory);
    testing::run_beside(engine.executor.end_run("r"));
}

/// Waits until a step has written something.
template<class X>
void wait_for_output(X& executor, step_key const& key)
{
    auto const piece = testing::run_beside(executor.log(key, 0));
    BOOST_TEST_REQUIRE(!piece.bytes.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(steps_of_a_run_find_each_other_by_name_and_alias, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto& executor = engine.executor;
    testing::run_beside(executor.make_network("net", {"default"}));
    // The one that asks starts first: names of later steps are found too.
    auto ask = joined(engine, "test",
                      "echo up; until test -e /tmp/go; do sleep 0.05; done; "
                      // The server takes one caller at a time, and may hang up on the next.
                      "for name in web backend; do until busybox nc $name 7000 </dev/null 2>/dev/null | grep hello; do sleep 0.1; done; done");
    auto const signal = engine.folder() / "signal";
    std::filesystem::create_directories(signal);
    ask.mounts.push_back(bind_mount{signal, "/tmp"});
    ask.timeout = 30s;
    testing::run_beside(executor.submit(ask, "net/test/1"));
    auto web = joined(engine, "web", "echo up; while true; do echo hello from $(hostname) | busybox nc -l -p 7000; done");
    web.aliases = {"backend"};
    testing::run_beside(executor.submit(web, "net/web/1"));
    wait_for_output(executor, "net/web/1");
    write(signal / "go", "");
    auto hear = [](std::string_view) {};
    auto const state = testing::run_beside(run_step(executor, ask, "net/test/1", hear));
    BOOST_TEST(state.code == 0);
    auto const said = testing::run_beside(executor.log("net/test/1", 0));
    BOOST_TEST(said.bytes == "up\nhello from web\nhello from web\n");
    // Its own name, and the DNS server.
    auto own = joined(engine, "own",
                      "s=$(awk '/^nameserver/ { print $2; exit }' /etc/resolv.conf); "
                      "busybox nslookup -type=a web $s 2>&1; grep own /etc/hosts");
    own.timeout = 20s;
    auto const result = run_to_end(executor, own, "net/own/1");
    BOOST_TEST(result.state.code == 0, result.output);
    testing::run_beside(executor.end_run("net"));
    BOOST_TEST(int(testing::run_beside(executor.observe("net/web/1")).now) == int(step_state::phase::exited));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_published_port_answers_on_this_machine, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto& executor = engine.executor;
    testing::run_beside(executor.make_network("ports", {"default"}));
    auto web = joined(engine, "web", "echo up; while true; do echo hello | busybox nc -l -p 80; done");
    web.ports = {published_port{"127.0.0.1", 0, 80, "tcp"}};
    testing::run_beside(executor.submit(web, "ports/web/1"));
    wait_for_output(executor, "ports/web/1");
    auto const ports = testing::run_beside(executor.published_ports("ports/web/1"));
    BOOST_TEST_REQUIRE(ports.size() == 1u);
    BOOST_TEST(ports[0].host_port != 0);
    BOOST_TEST(ports[0].container_port == 80);
    std::string heard;
    for (int tries = 0; tries < 50 && heard.empty(); ++tries) {
        heard = testing::shell("busybox nc -w 2 127.0.0.1 " + std::to_string(ports[0].host_port)).output;
        if (heard.find("hello") == heard.npos) {
            heard.clear();
            std::this_thread::sleep_for(100ms);
        }
    }
    BOOST_TEST(heard == "hello\n");
    // The next attempt has the port again.
    testing::run_beside(executor.cancel("ports/web/1", 0ms));
    web.ports = ports;
    testing::run_beside(executor.submit(web, "ports/web/2"));
    wait_for_output(executor, "ports/web/2");
    testing::run_beside(executor.end_run("ports"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_detached_step_goes_on_until_it_is_cancelled, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto& executor = engine.executor;
    auto spec = engine.step();
    spec.args = {"sh", "-c", "trap 'echo bye; exit 5' TERM; echo up; while true; do sleep 0.05; done"};
    testing::run_beside(executor.submit(spec, "r/s/1"));
    wait_for_output(executor, "r/s/1");
    BOOST_TEST(int(testing::run_beside(executor.observe("r/s/1")).now) == int(step_state::phase::running));
    testing::run_beside(executor.cancel("r/s/1", 5s));
    auto const state = testing::run_beside(executor.observe("r/s/1"));
    BOOST_TEST(state.code == 5);
    BOOST_TEST(testing::run_beside(executor.log("r/s/1", 0)).bytes == "up\nbye\n");
    testing::run_beside(executor.forget("r/s/1"));
    BOOST_TEST(testing::run_beside(executor.list("r/")).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_step_that_ignores_sigterm_dies_after_the_grace, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto& executor = engine.executor;
    auto spec = engine.step();
    spec.args = {"sh", "-c", "trap '' TERM; echo up; while true; do sleep 0.05; done"};
    testing::run_beside(executor.submit(spec, "r/s/1"));
    wait_for_output(executor, "r/s/1");
    auto const start = std::chrono::steady_clock::now();
    testing::run_beside(executor.cancel("r/s/1", 500ms));
    auto const took = std::chrono::steady_clock::now() - start;
    BOOST_TEST(testing::run_beside(executor.observe("r/s/1")).code == 137);
    BOOST_TEST((took >= 400ms && took < 10s));
    testing::run_beside(executor.end_run("r"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_time_limit_kills_the_step, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto spec = engine.step();
    spec.args = {"sleep", "1000"};
    spec.timeout = 500ms;
    auto const result = run_to_end(engine.executor, spec, "r/s/1");
    BOOST_TEST(result.state.timed_out);
    BOOST_TEST(result.state.code == 137);
    testing::run_beside(engine.executor.end_run("r"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_end_of_a_run_ends_its_steps_and_no_others, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto& executor = engine.executor;
    auto spec = engine.step();
    spec.args = {"sh", "-c", "echo up; sleep 1000"};
    for (auto const* key : {"one/s/1", "one/t/1", "other/s/1"}) {
        auto fresh = engine.step();
        fresh.args = spec.args;
        testing::run_beside(executor.submit(fresh, key));
        wait_for_output(executor, key);
    }
    testing::run_beside(executor.end_run("one"));
    BOOST_TEST(testing::run_beside(executor.observe("one/s/1")).code == 137);
    BOOST_TEST(testing::run_beside(executor.observe("one/t/1")).code == 137);
    BOOST_TEST(int(testing::run_beside(executor.observe("other/s/1")).now) == int(step_state::phase::running));
    testing::run_beside(executor.end_run("other"));
    testing::run_beside(executor.end_run("other"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_isolation_of_windows_is_refused, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto spec = engine.step();
    spec.args = {"true"};
    spec.isolation = "default";
    BOOST_TEST(run_to_end(engine.executor, spec, "r/s/1").state.code == 0);
    spec.isolation = "hyperv";
    BOOST_CHECK_THROW(testing::run_beside(engine.executor.submit(spec, "r/s/2")), error);
    BOOST_TEST(testing::run_beside(engine.executor.list("r/s/2")).empty());
}
BOOST_AUTO_TEST_SUITE_END()
