// A runner whose disk is full: nothing is acknowledged that is not durable, and it goes on when there is space again.
#include "runner_process.hpp"

#include <acrx/http/client.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <support/run.hpp>
#include <support/small_disk.hpp>

#include <unistd.h>

#include <fstream>
#include <set>
#include <string>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_disk_full)

namespace {
struct small_state
{
    scratch_folder folder;
    small_disk disk{folder / "state", 6'000'000};
    runner_process runner{{.has_users = false, .home = folder / "state"}};

    http_response ask(std::string method, std::string const& rest, std::string body = {}) const
    {
        http_request request;
        request.method = std::move(method);
        request.target = parse_url(runner.url() + rest);
        request.body = std::move(body);
        return run(http_client().send(std::move(request)));
    }
    http_response arm(std::string method, std::string const& rest, std::string body = {}) const
    {
        return ask(std::move(method),
                   "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/" + rest
                       + "?api-version=2019-06-01-preview&%24top=1000",
                   std::move(body));
    }
    http_response schedule() const
    {
        return arm("POST", "scheduleRun", R"({"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6Ci0gY21kOiBiYXNoCg==","agentPoolName":"closed"})");
    }
    std::set<std::string> names(std::string const& list) const
    {
        std::set<std::string> found;
        auto const answer = arm("GET", list);
        BOOST_REQUIRE_MESSAGE(answer.status == 200U, answer.body);
        auto const shown = boost::json::parse(answer.body);
        for (auto const& each : shown.at("value").as_array())
            found.emplace(each.at("name").as_string());
        return found;
    }
    void fill() const
    {
        std::ofstream out(folder / "state/filler");
        for (std::string const block(1024, 'x'); out.write(block.data(), 1024).flush();) {
        }
    }
    void make_space() const { std::filesystem::remove(folder / "state/filler"); }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(refuses_clearly_and_loses_nothing_that_it_acknowledged, small_state, *boost::unit_test::precondition([](auto) { return ::getuid() == 0; }))
{
    std::set<std::string> runs;
    std::set<std::string> tasks;
    BOOST_REQUIRE(arm("PUT", "agentPools/closed", R"({"properties":{"count":0}})").status == 201U);
    auto const task = [&](int n) {
        auto const name = "task-" + std::to_string(n);
        auto const answer = arm("PUT", "tasks/" + name, R"({"tags":{"large":")" + std::string(20'000, 'x')
                                                            + R"("},"properties":{"step":{"type":"EncodedTask","encodedTaskContent":"c3RlcHM6Ci0gY21kOiBiYXNoCg=="}}})");
        if (answer.status == 201U)
            tasks.insert(name);
        return answer;
    };
    BOOST_REQUIRE(task(0).status == 201U);
    fill();
    http_response refused;
    for (int n = 1; n < 200 && refused.status < 500; ++n) {
        refused = task(n);
        auto const scheduled = schedule();
        if (scheduled.status < 300U)
            runs.emplace(boost::json::parse(scheduled.body).at("name").as_string());
    }
    BOOST_TEST(refused.status == 507U, refused.body);
    BOOST_TEST(refused.body.find("InsufficientStorage") != std::string::npos, refused.body);
    BOOST_TEST(ask("GET", "/livez").status == 200U);
    BOOST_TEST(names("tasks") == tasks, boost::test_tools::per_element());
    BOOST_TEST(names("runs") == runs, boost::test_tools::per_element());

    make_space();
    auto const again = schedule();
    BOOST_REQUIRE_MESSAGE(again.status == 202U, again.body << runner.log_text());
    runs.emplace(boost::json::parse(again.body).at("name").as_string());
    BOOST_TEST(task(1000).status == 201U);
    runner.kill();
    runner.start();
    BOOST_TEST(names("tasks") == tasks, boost::test_tools::per_element());
    BOOST_TEST(names("runs") == runs, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
