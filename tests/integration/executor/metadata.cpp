// What steps find where clouds have their metadata services, over every container executor.
#include "container_engines.hpp"

#include <acrx/core/error.hpp>
#include <acrx/executor/closed_group.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/executor/sandbox.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <support/shell.hpp>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace acrx;
using namespace std::chrono_literals;
using testing::dockerd_engine;
using testing::is_missing;
using testing::joined;
using testing::oci_engine;
using testing::podman_engine;

BOOST_AUTO_TEST_SUITE(integration_executor_metadata)
namespace {
using engines = boost::mpl::list<oci_engine, dockerd_engine, podman_engine>;

/// A metadata service that says who asked for what.
metadata_service talking_service()
{
    metadata_service service;
    service.answer = [](served_request& request) -> net::awaitable<http_reply> {
        auto reply = text_reply(200, "asked " + request.target + " with " + std::string(request.headers.get("X-IDENTITY-HEADER")) + "\n");
        co_return reply;
    };
    service.path = "/msi/token";
    service.key = "key-of-run";
    return service;
}

oci_runtime executor_with(oci_engine& engine, std::optional<metadata_service> service)
{
    network_options networks;
    networks.metadata = std::move(service);
    return oci_runtime(engine.folder() / "guarded", {}, std::move(networks));
}

template<bool Podman>
docker_engine executor_with(testing::docker_harness<Podman>& engine, std::optional<metadata_service> service)
{
    return docker_engine(engine.folder() / "guarded", engine.service().socket(), std::move(service));
}

template<class X, class Harness>
std::string said_by(X& executor, Harness& engine, std::string const& run, std::string const& id, std::string script)
{
    std::string said;
    auto hear = [&](std::string_view text) { said += text; };
    auto spec = joined(engine, id, std::move(script));
    spec.timeout = 30s;
    testing::run_beside(run_step(executor, spec, run + "/" + id + "/1", hear));
    return said;
}

/// An address of the kind that clouds use, of this machine itself, with a service that says `machine`.
struct own_metadata
{
    own_metadata()
    {
        testing::must("ip address add 169.254.77.7/32 dev lo");
        testing::must("mkdir -p " + (folder / "www").string() + " && echo machine >" + (folder / "www/token").string()
                      + " && busybox httpd -p 169.254.77.7:8099 -h " + (folder / "www").string());
    }
    ~own_metadata()
    {
        testing::shell("for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q '^busybox httpd -p 169.254.77.7' && kill ${p#/proc/}; done");
        testing::shell("ip address del 169.254.77.7/32 dev lo");
    }
    testing::scratch_folder folder;
    static constexpr char const* ask = "busybox timeout 5 busybox wget -qO- http://169.254.77.7:8099/token || echo closed";
};

std::string mangle_rules()
{
    return testing::shell("iptables-save -t mangle 2>/dev/null; ip6tables-save -t mangle 2>/dev/null").output;
}
}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(steps_find_the_service_of_their_run, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    auto executor = executor_with(engine, talking_service());
    testing::run_beside(executor.make_network("meta", {"default"}));
    auto const ask = "busybox timeout 5 busybox wget -qO- --header \"X-IDENTITY-HEADER: $IDENTITY_HEADER\" \"$IDENTITY_ENDPOINT?a=b\"";
    BOOST_TEST(said_by(executor, engine, "meta", "one", ask) == "asked /msi/token?a=b with key-of-run\n");
    BOOST_TEST(said_by(executor, engine, "meta", "two", ask) == "asked /msi/token?a=b with key-of-run\n");
    auto own = joined(engine, "own", "echo $IDENTITY_ENDPOINT-$IDENTITY_HEADER");
    own.env.push_back("IDENTITY_ENDPOINT=mine");
    std::string said;
    auto hear = [&](std::string_view text) { said += text; };
    testing::run_beside(run_step(executor, own, "meta/own/1", hear));
    BOOST_TEST(said == "mine-\n");
    testing::run_beside(executor.end_run("meta"));
    BOOST_TEST(mangle_rules().find("-A FORWARD") == std::string::npos, mangle_rules());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(steps_reach_the_metadata_service_of_the_machine_only_where_nothing_stands_for_it, E, engines)
{
    if (is_missing<E>())
        return;
    E engine;
    own_metadata const machine;
    auto open = executor_with(engine, std::nullopt);
    testing::run_beside(open.make_network("open", {"default"}));
    BOOST_TEST(said_by(open, engine, "open", "one", machine.ask) == "machine\n");
    testing::run_beside(open.end_run("open"));
    auto closed = executor_with(engine, talking_service());
    testing::run_beside(closed.make_network("closed", {"default"}));
    BOOST_TEST(said_by(closed, engine, "closed", "one", machine.ask).find("closed\n") != std::string::npos);
    BOOST_TEST(said_by(closed, engine, "closed", "two", machine.ask).find("machine") == std::string::npos);
    testing::run_beside(closed.end_run("closed"));
}

BOOST_AUTO_TEST_CASE(a_closed_group_keeps_steps_in_the_network_of_the_machine_from_its_metadata_service)
{
    if (is_missing<oci_engine>())
        return;
    oci_engine engine;
    own_metadata const machine;
    auto const said = [&](auto executor, std::string const& key) {
        auto spec = engine.step();
        spec.args = {"sh", "-c", std::string(machine.ask) + "; busybox wget -qO- http://127.0.0.1:8099/ 2>&1 | grep -c refused"};
        spec.network = network_mode::host;
        std::string text;
        auto hear = [&](std::string_view piece) { text += piece; };
        testing::run_beside(run_step(executor, spec, key, hear));
        return text;
    };
    auto const group = testing::run_beside(make_closed_group());
    BOOST_TEST(testing::run_beside(make_closed_group()) == group);
    auto service = talking_service();
    BOOST_TEST(said(executor_with(engine, service), "host/open/1") == "machine\n1\n");
    service.closed_group = group;
    BOOST_TEST(said(executor_with(engine, service), "host/closed/1").find("closed\n1\n") != std::string::npos);
    BOOST_TEST(said(sandbox(engine.folder() / "sandbox"), "host/open/2") == "machine\n1\n");
    BOOST_TEST(said(sandbox(engine.folder() / "sandbox", group), "host/closed/2").find("closed\n1\n") != std::string::npos);
    testing::run_beside(close_port(group, 8099));
    testing::run_beside(close_port(group, 8099));
    BOOST_TEST(testing::shell("iptables-save -t filter 2>/dev/null | grep -c -e '--dport 8099 .*acrx-closed'").output == "1\n");
    auto const jumps = testing::shell("iptables-save -t mangle 2>/dev/null | grep -c -e '-A OUTPUT -j ACRX-CLOSED'").output;
    BOOST_TEST(jumps == "1\n");
}

BOOST_AUTO_TEST_CASE(a_step_keeps_all_its_ports_beside_the_service_on_a_bridge)
{
    if (is_missing<oci_engine>())
        return;
    oci_engine engine;
    auto const rules = [] { return testing::shell("iptables-save | grep -c 10.231 || true").output; };
    auto const before = rules();
    auto executor = executor_with(engine, talking_service());
    testing::run_beside(executor.make_network("meta", {"default"}));
    auto const said = said_by(executor, engine, "meta", "web",
                              "mkdir /tmp/w && echo own >/tmp/w/x && busybox httpd -p 0.0.0.0:80 -h /tmp/w"
                              " && busybox wget -qO- http://127.0.0.1/x && busybox wget -qO- http://169.254.169.254/y");
    BOOST_TEST(said == "own\nasked /y with \n");
    auto published = joined(engine, "published", "busybox timeout 5 busybox wget -qO- http://169.254.169.254/z");
    published.ports = {published_port{"127.0.0.1", 0, 80, "tcp"}};
    std::string heard;
    auto hear = [&](std::string_view text) { heard += text; };
    testing::run_beside(run_step(executor, published, "meta/published/1", hear));
    BOOST_TEST(heard == "asked /z with \n");
    // Neither this machine nor the network of another run has a way to it.
    BOOST_TEST(testing::shell("busybox timeout 5 busybox wget -qO- http://169.254.169.254/x").output.find("asked") == std::string::npos);
    testing::run_beside(executor.end_run("meta"));
    BOOST_TEST(rules() == before);  // netavark has seen that nothing is left, too
}

BOOST_AUTO_TEST_CASE(where_there_is_no_bridge_the_service_is_on_the_loopback_of_the_run)
{
    if (is_missing<oci_engine>())
        return;
    oci_engine engine;
    network_options networks{.bridge = false, .metadata = talking_service()};
    oci_runtime executor(engine.folder() / "guarded", {}, std::move(networks));
    testing::run_beside(executor.make_network("meta", {"default"}));
    BOOST_TEST(said_by(executor, engine, "meta", "one", "busybox timeout 5 busybox wget -qO- $IDENTITY_ENDPOINT") == "asked /msi/token with \n");
    testing::run_beside(executor.end_run("meta"));
}

BOOST_AUTO_TEST_CASE(an_engine_opens_what_a_killed_process_has_closed)
{
    if (is_missing<dockerd_engine>())
        return;
    dockerd_engine engine;
    auto const state = engine.folder() / "guarded";
    auto const socket = engine.service().socket();
    auto const child = ::fork();
    if (child == 0) {
        net::io_context host(1);
        docker_engine dying(state, socket, talking_service());
        auto making = [&]() -> net::awaitable<void> {
            network_spec network{"default"};
            co_await dying.make_network("dead", std::move(network));
            ::kill(::getpid(), SIGKILL);
        };
        net::co_spawn(host, making, net::detached);
        host.run();
        ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WIFSIGNALED(status));
    BOOST_TEST(mangle_rules().find("-A FORWARD -s") != std::string::npos);
    docker_engine next(state, socket, talking_service());
    testing::run_beside(next.reap());
    BOOST_TEST(mangle_rules().find("-A FORWARD -s") == std::string::npos, mangle_rules());
}

BOOST_AUTO_TEST_CASE(networks_that_cannot_be_closed_are_refused_at_an_engine)
{
    if (is_missing<dockerd_engine>())
        return;
    dockerd_engine engine;
    auto executor = executor_with(engine, talking_service());
    BOOST_CHECK_EXCEPTION(testing::run_beside(executor.make_network("meta", {.name = "default", .driver = "macvlan"})), error,
                          [](error const& e) { return e.code() == errc::not_supported && !e.advice().empty(); });
    auto host = engine.step();
    host.args = {"true"};
    host.network = network_mode::host;
    BOOST_CHECK_EXCEPTION(testing::run_beside(executor.submit(host, "meta/host/1")), error,
                          [](error const& e) { return e.code() == errc::not_supported && !e.advice().empty(); });
    testing::run_beside(executor.end_run("meta"));
}
BOOST_AUTO_TEST_SUITE_END()
