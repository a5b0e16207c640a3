// Drives a real acrx-runner over its network port: runs, logs, roles, and what a kill leaves.
#include "runner_process.hpp"

#include <acrx/http/client.hpp>

#include <support/run.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <thread>

using namespace acrx;
using acrx::testing::run;
using acrx::testing::runner_process;

BOOST_AUTO_TEST_SUITE(integration_server_api)

/// Asks a runner over its network port.
struct api_user
{
    runner_process& runner;
    std::string token = "owner-token-000000";
    http_client client = http_client([this] {
        http_options options;
        if (runner.url().starts_with("https"))
            options.ca_file = runner.certificate();
        return options;
    }());

    http_response ask(std::string method, std::string const& target, std::string body = {})
    {
        http_request request;
        request.method = std::move(method);
        request.target = parse_url(target.starts_with("http") ? target : runner.url() + target);
        if (!token.empty())
            request.headers.set("Authorization", "Bearer " + token);
        request.body = std::move(body);
        return run(client.send(std::move(request)));
    }
    boost::json::value arm(std::string method, std::string const& rest, std::string body = {})
    {
        auto const answer = ask(std::move(method), "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/"
                                                       + rest + "?api-version=2019-06-01-preview", std::move(body));
        BOOST_REQUIRE_MESSAGE(is_success(answer.status), answer.status << " " << answer.body);
        return boost::json::parse(answer.body);
    }
    std::string status_of(std::string const& id)
    {
        auto const run = arm("GET", "runs/" + id);
        return std::string(run.at("properties").at("status").as_string());
    }
    std::string end_of(std::string const& id)
    {
        std::string status;
        for (int i = 0; i < 400; ++i) {
            status = status_of(id);
            if (status != "Queued" && status != "Started" && status != "Running")
                return status;
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
        return status;
    }
};

std::string const unknown_image = R"({"type":"EncodedTaskRunRequest",
    "encodedTaskContent":"c3RlcHM6CiAgLSBjbWQ6IDEyNy4wLjAuMToxL25vdGhpbmcgc2F5IGhpCg=="})";

BOOST_AUTO_TEST_CASE(runs_what_it_is_asked_to_and_keeps_the_log)
{
    runner_process runner;
    api_user user{runner};
    BOOST_TEST(user.ask("GET", "/readyz").status == 200u);
    auto const id = std::string(user.arm("POST", "scheduleRun", unknown_image).at("name").as_string());
    BOOST_TEST(user.end_of(id) == "Failed");
    auto const link = std::string(user.arm("POST", "runs/" + id + "/listLogSasUrl").at("logLink").as_string());
    user.token.clear();
    auto const log = user.ask("GET", link);
    BOOST_TEST(log.headers.get("x-ms-meta-complete") == "failed");
    BOOST_TEST(log.body.find("127.0.0.1:1") != std::string::npos);
    BOOST_TEST(user.ask("GET", "/logs/" + id).status == 401u);
    user.token = "reader-token-00000";
    BOOST_TEST(user.ask("GET", "/metrics").body.find("acrx_runs_total{") != std::string::npos);
    BOOST_TEST(user.ask("POST", "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/scheduleRun"
                                "?api-version=2019-06-01-preview", unknown_image).status == 403u);
}

BOOST_AUTO_TEST_CASE(keeps_tasks_and_runs_when_it_is_killed)
{
    runner_process runner;
    std::string id;
    {
        api_user user{runner};
        user.arm("PUT", "agentPools/closed", R"({"properties":{"count":0}})");
        user.arm("PUT", "tasks/nightly", R"({"properties":{"agentPoolName":"closed","step":{"type":"EncodedTask","encodedTaskContent":"c3RlcHM6CiAgLSBjbWQ6IGJhc2gK"}}})");
        id = std::string(user.arm("POST", "scheduleRun", R"({"type":"TaskRunRequest","taskId":"nightly"})").at("name").as_string());
    }
    runner.kill();
    runner.start();
    api_user user{runner};
    BOOST_TEST(user.arm("GET", "tasks").at("value").as_array().size() == 1u);
    BOOST_TEST(user.status_of(id) == "Queued");
    user.arm("PUT", "agentPools/closed", R"({"properties":{"count":1}})");
    BOOST_TEST(user.end_of(id) == "Failed");
}

BOOST_AUTO_TEST_CASE(serves_this_machine_without_configuration_and_the_network_only_with_users)
{
    runner_process runner({.has_users = false});
    api_user user{runner, ""};
    BOOST_TEST(user.arm("GET", "tasks").at("value").as_array().empty());
    auto const open = acrx::testing::shell(ACRX_RUNNER " serve --listen 0.0.0.0:0 --home '" + runner.home().string() + "2'");
    BOOST_TEST(open.status == 2);
    auto const second = acrx::testing::shell(ACRX_RUNNER " serve --listen 0 --home '" + runner.home().string() + "'");
    BOOST_TEST(second.status != 0);
    BOOST_TEST(second.output.find("Another acrx-runner") != std::string::npos, second.output);
}
BOOST_AUTO_TEST_SUITE_END()
