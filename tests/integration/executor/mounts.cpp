// The mounts, limits and control groups of steps, by both isolating executors.
#include <acrx/core/error.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <acrx/executor/sandbox.hpp>
#include <boost/test/unit_test.hpp>

#include "busybox_root.hpp"

#include <boost/mpl/list.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(integration_executor_mounts)
using executors = boost::mpl::list<sandbox, oci_runtime>;

/// An executor, a root, and some folders to mount.
template<class E>
struct bench
{
    bench() : executor(root / "state")
    {
        auto const& files = root.scratch();
        files.write("lower/d/f", "lower");
        files.write("lower/hidden", "h");
        files.write("upper-layer/d/g", "upper");
        std::filesystem::create_symlink("/etc", root / "lower/outside");
        std::filesystem::create_directories(root / "up");
        std::filesystem::create_directories(root / "work");
    }
    std::string run(std::string script, std::vector<step_mount> mounts)
    {
        auto spec = root.shell(std::move(script));
        spec.mounts = std::move(mounts);
        return run(spec);
    }
    std::string run(step_spec const& spec)
    {
        auto const result = testing::run_to_end(executor, spec, "r/s/" + std::to_string(++count));
        traces = testing::files_below(spec.root.upper);
        return result.output + (result.state.code == 0 ? "" : "(" + std::to_string(result.state.code) + ")");
    }

    testing::busybox_root root;
    E executor;
    std::vector<std::string> traces;
    int count = 0;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stack_of_folders, E, executors)
{
    bench<E> b;
    overlay_mount mount{.stack = {{b.root / "upper-layer", b.root / "lower"}, {}, {}}, .target = "/m"};
    BOOST_TEST(b.run("cat /m/d/f /m/d/g; touch /m/x", {mount}) == "lowerupper" "touch: /m/x: Read-only file system\n(1)");
    mount.part = "d";
    BOOST_TEST(b.run("ls /m", {mount}) == "f\ng\n");
    mount.part = "d/f";
    mount.is_file = true;
    BOOST_TEST(b.run("cat /m", {mount}) == "lower");
    BOOST_TEST(b.traces.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stack_that_takes_changes, E, executors)
{
    bench<E> b;
    overlay_mount const mount{
        .stack = {{b.root / "lower"}, b.root / "up", b.root / "work"}, .target = "/m", .read_only = false};
    BOOST_TEST(b.run("echo new > /m/d/f && rm /m/hidden && cat /m/d/f; ls /m", {mount}) == "new\nd\noutside\n");
    BOOST_TEST(std::filesystem::exists(b.root / "up/d/f"));
    BOOST_TEST(testing::files_below(b.root / "lower").size() == 4u);
    BOOST_TEST(b.traces.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_part_never_leaves_its_folder, E, executors)
{
    bench<E> b;
    BOOST_TEST(b.run("ls /m", {bind_mount{b.root / "lower", "/m", true, "d"}}) == "f\n");
    // The link leads to /etc of the folder, which it does not have.
    BOOST_CHECK_THROW(b.run("ls /m", {bind_mount{b.root / "lower", "/m", true, "outside"}}), error);
    BOOST_CHECK_THROW(b.run("ls /m", {bind_mount{b.root / "lower", "/m", true, "outside/passwd"}}), error);
    BOOST_TEST(b.run("ls /m", {bind_mount{b.root / "lower", "/m", true, "../../d"}}) == "f\n");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(files_in_memory, E, executors)
{
    bench<E> b;
    std::string const bytes("a\0b\n", 4);
    memory_file const secret{bytes, "/run/secrets/s", 0440, 1000, 1001};
    BOOST_TEST(b.run("wc -c < /run/secrets/s; stat -c '%a %u:%g' /run/secrets/s; echo x > /run/secrets/s",
                     {secret, memory_file{"two", "/run/secrets/t"}})
               == "4\n440 1000:1001\nsh: can't create /run/secrets/s: Read-only file system\n(1)");
    BOOST_TEST(b.traces.empty());
    BOOST_TEST(b.run("cat /run/secrets/t; mount | grep /run/secrets/t", {memory_file{"two", "/run/secrets/t"}})
                   .find("tmpfs (ro,nosuid,nodev,noexec")
               != std::string::npos);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(mounts_are_made_in_their_order, E, executors)
{
    bench<E> b;
    BOOST_TEST(b.run("ls /m; cat /m/in", {tmpfs_mount{"/m"}, bind_mount{b.root / "lower/d/f", "/m/in"}}) == "in\nlower");
    BOOST_TEST(b.run("ls /m", {bind_mount{b.root / "lower/d/f", "/m/in"}, tmpfs_mount{"/m"}}) == "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(resource_limits, E, executors)
{
    bench<E> b;
    auto spec = b.root.shell("ulimit -n; ulimit -H -n; ulimit -c");
    spec.limits = {{"nofile", 123, 456}, {"core", 0, 0}};
    BOOST_TEST(b.run(spec) == "123\n456\n0\n");
    spec.limits = {{"nonsense", 1, 1}};
    BOOST_CHECK_EXCEPTION(b.run(spec), error, [](error const& e) { return e.text() == "invalid ulimit type: nonsense"; });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_group_below_a_parent, E, executors)
{
    std::error_code failed;
    if (!std::filesystem::exists("/sys/fs/cgroup", failed)) {
        BOOST_TEST_MESSAGE("no control groups here");
        return;
    }
    net::io_context host;  // outlives the executor, whose steps wait on it
    bench<E> b;
    auto spec = b.root.shell("sleep 0.2; true");
    spec.cgroup_parent = "/acrx-test-parent";
    bool seen = false;
    auto sink = [](std::string_view) {};
    auto running = net::co_spawn(host, run_step(b.executor, spec, "r/group/1", sink), net::use_future);
    for (int i = 0; i < 100 && running.wait_for(std::chrono::seconds(0)) != std::future_status::ready; ++i) {
        host.run_for(std::chrono::milliseconds(20));
        seen = seen || testing::has_process(testing::groups_named("acrx-test-parent"));
    }
    BOOST_TEST(running.get().code == 0);
    BOOST_TEST(seen);
    for (auto const& folder : testing::groups_named("acrx-test-parent")) {
        BOOST_TEST(!std::filesystem::exists(folder / "acrx-r+group+1"), folder.string());
        std::filesystem::remove(folder, failed);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_privileged_step_has_the_devices_of_this_machine, E, executors)
{
    bench<E> b;
    auto spec = b.root.shell("ls /dev | wc -l; grep CapEff /proc/self/status; touch /sys/fs/cgroup 2>&1");
    auto const usual = b.run(spec);
    spec.privileged = true;
    spec.root = b.root.fresh();
    auto const all = b.run(spec);
    BOOST_TEST(std::stoi(all) > std::stoi(usual), usual << all);
    BOOST_TEST(all.find("a80425fb") == std::string::npos, all);
}
BOOST_AUTO_TEST_CASE_TEMPLATE(device_nodes_of_its_own, E, executors)
{
    bench<E> b;
    auto spec = b.root.shell("echo gone > /dev/sub/other; stat -c '%F %t:%T %a %u:%g' /dev/sub/other /dev/full; "
                             "head -c 3 /dev/sub/other | wc -c");
    spec.devices = {{"/dev/sub/other", "/dev/null", 'c', 1, 3, 0640, 7, 8, "rwm"},
                    {"/dev/full", "/dev/zero", 'c', 1, 5, 0666, 0, 0, "r"}};
    BOOST_TEST(b.run(spec) == "character special file 1:3 640 7:8\ncharacter special file 1:5 666 0:0\n0\n");
    BOOST_TEST(b.traces.empty());
}
BOOST_AUTO_TEST_SUITE_END()
