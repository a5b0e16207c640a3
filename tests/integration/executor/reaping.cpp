// What a killed process left of its steps, and who removes it.
#include "container_engines.hpp"

#include <acrx/core/error.hpp>
#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(integration_executor_reaping)

/// Runs `work` with an executor of the same folders in another process, which is then killed.
template<class X>
void in_killed_process(std::filesystem::path const& state, std::filesystem::path const& socket,
                       std::function<net::awaitable<void>(X&)> const& work)
{
    auto const child = ::fork();
    if (child == 0) {
        ::alarm(120);  // a hang is told by its signal
        net::io_context host(1);
        X executor(state, socket);
        auto dying = [&]() -> net::awaitable<void> {
            auto working = work(executor);
            co_await std::move(working);
            ::kill(::getpid(), SIGKILL);
        };
        net::co_spawn(host, dying, net::detached);
        host.run();
        ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST_REQUIRE(WIFSIGNALED(status));
    BOOST_TEST_REQUIRE(WTERMSIG(status) == SIGKILL);
}

template<class X, class E>
void check_reaping(E& engine, std::filesystem::path const& socket, std::function<std::string()> const& left_overs)
{
    auto const state = engine.folder() / "other-state";
    std::filesystem::create_directories(state);
    auto const before = left_overs();
    auto spec = testing::joined(engine, "reaped", "echo up; sleep 1000");
    spec.quota.processes = 50;
    spec.ports = {published_port{"127.0.0.1", 0, 80, "tcp"}};
    in_killed_process<X>(state, socket, [&](X& executor) -> net::awaitable<void> {
        network_spec const network{"default"};
        co_await executor.make_network("run", network);
        co_await executor.submit(spec, "run/web/1");
        co_await executor.log("run/web/1", 0);
    });
    BOOST_TEST(left_overs() != before);
    X later(state, socket);
    auto const lost = testing::run_beside(later.reap());
    BOOST_TEST((lost == std::vector<step_key>{"run/web/1"}));
    BOOST_TEST(left_overs() == before);
    BOOST_TEST(testing::run_beside(later.reap()).empty());
    BOOST_TEST(testing::run_beside(later.list("")).empty());
}

BOOST_AUTO_TEST_CASE(what_a_killed_process_left_of_the_oci_runtime_is_reaped)
{
    if (testing::is_missing<testing::oci_engine>())
        return;
    testing::oci_engine engine;
    auto const groups = [] {
        return testing::must("find /sys/fs/cgroup -name 'acrx-run+web*' 2>/dev/null; "
                             "iptables-save 2>/dev/null | grep -c ' id: reaped'; true");
    };
    check_reaping<oci_runtime>(engine, {}, groups);
}

BOOST_AUTO_TEST_CASE(what_a_killed_process_left_in_the_docker_engine_is_reaped)
{
    if (testing::is_missing<testing::dockerd_engine>())
        return;
    testing::dockerd_engine engine;
    auto const socket = testing::dockerd_engine::service().socket();
    auto const left = [&] {
        auto const get = "curl -sS --unix-socket " + socket + " http://d/v1.41";
        return testing::must(get + "/containers/json?all=1 | grep -o acrx-run-web-1; " + get
                             + "/networks | grep -o acrx-run-default; true");
    };
    check_reaping<docker_engine>(engine, socket, left);
}

BOOST_AUTO_TEST_SUITE_END()
