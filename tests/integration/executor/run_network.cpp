// The network of a run: its bridge, names, ports, what is left of it, and what takes its place.
#include <acrx/executor/run_network.hpp>

#include "busybox_root.hpp"

#include <acrx/core/error.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <net/if.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(integration_executor_run_network, *boost::unit_test::precondition([](auto) {
    return boost::test_tools::assertion_result(::geteuid() == 0);
}))

/// A text of the record of a network.
std::string recorded(std::filesystem::path const& folder, std::string const& name)
{
    std::ifstream file(folder / "network.json");
    std::string const text((std::istreambuf_iterator<char>(file)), {});
    auto const start = text.find('"' + name + "\":\"") + name.size() + 4;
    return text.substr(start, text.find('"', start) - start);
}

bool has_link(std::string const& name)
{
    return ::if_nametoindex(name.c_str()) != 0;
}

/// The first three numbers of the addresses of a network.
std::string prefix_of(std::filesystem::path const& folder)
{
    auto const subnet = recorded(folder, "subnet");
    return subnet.substr(0, subnet.rfind('.') + 1);
}

std::string rules()
{
    auto* const pipe = ::popen("iptables-save 2>/dev/null", "r");
    std::string text(1 << 20, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), pipe));
    ::pclose(pipe);
    return text;
}

BOOST_AUTO_TEST_CASE(nothing_is_made_before_the_first_step_joins_and_nothing_is_left)
{
    testing::scratch_folder scratch;
    run_network network(scratch.path(), "run1");
    BOOST_TEST(std::filesystem::is_empty(scratch.path()));
    testing::run(network.join({"web", {}, {}, {}}));
    auto const bridge = recorded(scratch / "run1", "bridge");
    auto const prefix = prefix_of(scratch / "run1");
    BOOST_TEST(has_link(bridge));
    BOOST_TEST(rules().find(prefix) != std::string::npos);
    BOOST_TEST(testing::runs_somewhere(scratch.path().string()));
    BOOST_TEST((network.form() == network_form::bridge));
    BOOST_TEST(network.explanation() == "");
    testing::run(network.close());
    BOOST_TEST(!has_link(bridge));
    BOOST_TEST(std::filesystem::is_empty(scratch.path()));
    BOOST_TEST(!testing::runs_somewhere(scratch.path().string()));
    BOOST_TEST(rules().find(prefix) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_network_of_a_killed_process_is_reaped_and_that_of_a_living_one_is_not)
{
    testing::scratch_folder scratch;
    run_network living(scratch.path(), "living");
    testing::run(living.open());
    auto const child = ::fork();
    if (child == 0) {
        net::io_context host(1);
        network_options options;
        options.metadata = metadata_service();
        run_network dying(scratch.path(), "dying", std::move(options));
        auto joining = [&]() -> net::awaitable<void> {
            network_member member{"web", {}, {published_port{"127.0.0.1", 0, 80, "tcp"}}, {}};
            co_await dying.join(member);
            network_member other{"db", {}, {}, {}};
            co_await dying.join(other);
            ::kill(::getpid(), SIGKILL);
        };
        net::co_spawn(host, joining, net::detached);
        host.run();
        ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST_REQUIRE(WIFSIGNALED(status));
    auto const bridge = recorded(scratch / "dying", "bridge");
    auto const prefix = prefix_of(scratch / "dying");
    BOOST_TEST(has_link(bridge));
    BOOST_TEST(rules().find("dnat name: " + bridge) != std::string::npos);
    BOOST_TEST(rules().find("-A FORWARD -i " + bridge + " ! -o " + bridge) != std::string::npos);
    auto const reaped = testing::run(reap_networks(scratch.path()));
    BOOST_TEST((reaped == std::vector<std::string>{"dying"}));
    BOOST_TEST(!has_link(bridge));
    BOOST_TEST(!testing::runs_somewhere((scratch / "dying").string()));
    BOOST_TEST(rules().find(prefix) == std::string::npos);
    BOOST_TEST(rules().find(" " + bridge + " ") == std::string::npos);
    BOOST_TEST(rules().find("dnat name: " + bridge) == std::string::npos);
    BOOST_TEST(rules().find(prefix_of(scratch / "living")) != std::string::npos);
    BOOST_TEST(testing::run(reap_networks(scratch.path())).empty());
    testing::run(living.close());
}

BOOST_AUTO_TEST_CASE(netavark_is_asked_only_if_a_port_is_published)
{
    testing::scratch_folder scratch;
    run_network network(scratch.path(), "run1");
    testing::run(network.join({"web", {}, {}, {}}));
    auto const bridge = recorded(scratch / "run1", "bridge");
    BOOST_TEST(rules().find("-i " + bridge + " ") != std::string::npos);
    BOOST_TEST(std::filesystem::is_empty(scratch / "run1/members"));
    testing::run(network.join({"ported", {}, {published_port{"127.0.0.1", 0, 80, "tcp"}}, {}}));
    BOOST_TEST(rules().find("dnat name: " + bridge) != std::string::npos);
    testing::run(network.leave("ported"));
    testing::run(network.leave("web"));
    BOOST_TEST(has_link(bridge));
    testing::run(network.close());
    BOOST_TEST(rules().find(bridge + " ") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_a_bridge_steps_share_a_namespace_and_it_says_so)
{
    testing::scratch_folder scratch;
    run_network network(scratch.path(), "run1", {.bridge = false, .way_out = false});
    auto const web = testing::run(network.join({"web", {}, {}, {}}));
    auto const test = testing::run(network.join({"test", {}, {}, {}}));
    BOOST_TEST((network.form() == network_form::shared));
    BOOST_TEST(network.explanation() != "");
    BOOST_TEST(web.name_space == test.name_space);
    BOOST_TEST(web.address == "127.0.0.1");
    std::ifstream file(test.hosts);
    std::string const hosts((std::istreambuf_iterator<char>(file)), {});
    BOOST_TEST(hosts.find("127.0.0.1\tweb\n") != std::string::npos);
    auto ports = network.join({"ported", {}, {published_port{}}, {}});
    BOOST_CHECK_EXCEPTION(testing::run(std::move(ports)), error, [](error const& e) {
        return e.code() == errc::not_supported && !e.advice().empty();
    });
    testing::run(network.close());
    BOOST_TEST(std::filesystem::is_empty(scratch.path()));
}

BOOST_AUTO_TEST_CASE(a_name_or_a_port_that_is_taken_is_refused)
{
    testing::scratch_folder scratch;
    run_network network(scratch.path(), "run1");
    auto const first = network_member{"web", {}, {published_port{"127.0.0.1", 0, 80, "tcp"}}, {}};
    testing::run(network.join(first));
    auto const port = network.ports_of("web").at(0);
    BOOST_TEST(port.host_port != 0);
    BOOST_CHECK_THROW(testing::run(network.join({"web", {}, {}, {}})), error);
    auto const again = network_member{"other", {}, {port}, {}};
    BOOST_CHECK_EXCEPTION(testing::run(network.join(again)), error, [](error const& e) {
        return e.code() == boost::system::errc::address_in_use && !e.advice().empty();
    });
    BOOST_CHECK_THROW(run_network(scratch.path(), "a/b"), error);
    run_network same(scratch.path(), "run1");
    BOOST_CHECK_THROW(testing::run(same.open()), error);
    testing::run(network.leave("web"));
    testing::run(network.join(again));
    testing::run(network.close());
}
BOOST_AUTO_TEST_SUITE_END()
