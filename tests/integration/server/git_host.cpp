// A stored task registers its webhook, and its runs give their commits statuses.
#include <acrx/http/client.hpp>

#include <acrx/trigger/webhook_signature.hpp>
#include <integration/server/runner_process.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <thread>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::runner_process;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(integration_server_git_host)

namespace {
/// A GitHub of one's own, with one webhook that it does not deliver by itself.
struct small_github
{
    unsigned status_of_statuses = 201;
    bool has_hook = false;
    std::string hook_body = {};
    scripted_server server{[this](seen_request const& request) {
        if (request.target.find("/statuses/") != request.target.npos)
            return reply{.status = status_of_statuses, .body = R"({"message":"the words of the host"})"};
        if (request.method == "GET" && request.target.find("/hooks") != request.target.npos)
            return reply{.body = has_hook ? R"([{"id":5,"config":{"url":")" + url_of_hook() + R"("}}])" : "[]"};
        if (request.method == "POST" && request.target.ends_with("/hooks")) {
            hook_body = request.body;
            has_hook = true;
            return reply{.status = 201, .body = "{}"};
        }
        return reply{.status = request.method == "DELETE" ? 204U : 404U};
    }};

    std::string url_of_hook() const { return std::string(boost::json::parse(hook_body).at("config").at("url").as_string()); }
    std::string secret() const { return std::string(boost::json::parse(hook_body).at("config").at("secret").as_string()); }
    bool wait_for(std::string const& method, std::string const& prefix, std::size_t count = 1) const
    {
        for (int i = 0; i < 400 && server.count(method, prefix) < count; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        return server.count(method, prefix) >= count;
    }
};

http_response ask(runner_process const& runner, std::string method, std::string const& rest, std::string body = {}, http_headers headers = {})
{
    http_request request;
    request.method = std::move(method);
    request.target = parse_url(runner.url() + rest);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return acrx::testing::run(http_client().send(std::move(request)));
}

std::string api(std::string const& rest)
{
    return "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/" + rest + "?api-version=2019-06-01-preview";
}

std::string task_document(small_github const& host)
{
    return R"({"properties":{"step":{"type":"EncodedTask","encodedTaskContent":"c3RlcHM6CiAgLSBjbWQ6IDEyNy4wLjAuMToxL25vdGhpbmcgc2F5IGhpCg=="},
        "trigger":{"sourceTriggers":[{"name":"pushes","sourceTriggerEvents":["commit"],"isPolled":false,"sourceRepository":{
        "sourceControlType":"Github","repositoryUrl":")" + host.server.url("/acme/app.git") + R"(","branch":"main",
        "sourceControlAuthProperties":{"tokenType":"PAT","token":"pat-of-the-task"}}}]}}})";
}

void push_to(runner_process const& runner, small_github const& host, std::string const& commit)
{
    auto const body = R"({"ref":"refs/heads/main","before":"0000000000000000000000000000000000000001","after":")" + commit
                      + R"(","created":false,"deleted":false,"commits":[],"head_commit":null,"pusher":{"name":"p"},"sender":{"login":"s"},
                      "repository":{"full_name":"acme/app","default_branch":"main","clone_url":")" + host.server.url("/acme/app.git") + R"("}})";
    http_headers headers;
    headers.set("X-GitHub-Event", "push");
    headers.set("X-GitHub-Delivery", commit);
    headers.set("Content-Type", "application/json");
    headers.set("X-Hub-Signature-256", "sha256=" + to_hex(hmac_sha256(host.secret(), body)));
    auto const path = host.url_of_hook().substr(std::string("http://runner.example.com").size());
    auto const answer = ask(runner, "POST", path, body, std::move(headers));
    BOOST_TEST(is_success(answer.status), answer.body);
}
}  // namespace

BOOST_AUTO_TEST_CASE(gets_a_webhook_and_statuses_with_the_token_of_the_trigger)
{
    small_github host;
    runner_process runner({.has_users = false, .more = {"--public-url", "http://runner.example.com"}});
    BOOST_TEST(ask(runner, "PUT", api("tasks/website"), task_document(host)).status < 300U);
    BOOST_REQUIRE(host.wait_for("POST", "/api/v3/repos/acme/app/hooks"));
    BOOST_TEST(host.url_of_hook() == "http://runner.example.com/hooks/git/github?task=website&trigger=pushes");
    BOOST_TEST(host.server.seen().back().header("authorization") == "Bearer pat-of-the-task");

    std::string const commit(40, 'a');
    push_to(runner, host, commit);
    auto const path = "/api/v3/repos/acme/app/statuses/" + commit;
    BOOST_REQUIRE(host.wait_for("POST", path, 2));
    std::vector<std::string> states;
    for (auto const& request : host.server.seen())
        if (request.target == path)
            states.emplace_back(boost::json::parse(request.body).at("state").as_string());
    BOOST_TEST(states == (std::vector<std::string>{"pending", "failure"}), boost::test_tools::per_element());
    auto const last = boost::json::parse(host.server.seen().back().body);
    BOOST_TEST(last.at("context") == "website");
    BOOST_TEST(last.at("target_url") == "http://runner.example.com/#/runs/ca1");

    BOOST_TEST(ask(runner, "DELETE", api("tasks/website")).status < 300U);
    BOOST_TEST(host.wait_for("DELETE", "/api/v3/repos/acme/app/hooks/5"));
    BOOST_TEST(runner.log_text().find("pat-of-the-task") == std::string::npos);
    BOOST_TEST(runner.log_text().find(host.secret()) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(removes_the_webhook_of_a_task_that_was_removed_while_it_was_down)
{
    small_github host;
    runner_process runner({.has_users = false, .more = {"--public-url", "http://runner.example.com"}});
    BOOST_TEST(ask(runner, "PUT", api("tasks/website"), task_document(host)).status < 300U);
    BOOST_REQUIRE(host.wait_for("POST", "/api/v3/repos/acme/app/hooks"));
    for (int i = 0; i < 200 && runner.log_text().find("registered the webhook") == std::string::npos; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    runner.kill();
    acrx::testing::must(std::string(ACRX_RUNNER) + " task delete -n website --yes --home " + runner.home().string());
    BOOST_TEST(host.server.count("DELETE", "/") == 0U);
    runner.start();
    BOOST_TEST(host.wait_for("DELETE", "/api/v3/repos/acme/app/hooks/5"));
    BOOST_TEST(host.server.seen().back().header("authorization") == "Bearer pat-of-the-task");
}

BOOST_AUTO_TEST_CASE(says_in_the_log_of_a_run_that_its_status_was_refused)
{
    small_github host;
    host.status_of_statuses = 403;
    runner_process runner({.has_users = false, .more = {"--public-url", "http://runner.example.com"}});
    ask(runner, "PUT", api("tasks/website"), task_document(host));
    BOOST_REQUIRE(host.wait_for("POST", "/api/v3/repos/acme/app/hooks"));
    push_to(runner, host, std::string(40, 'b'));
    BOOST_REQUIRE(host.wait_for("POST", "/api/v3/repos/acme/app/statuses/", 2));
    std::string log;
    for (int i = 0; i < 200 && log.find("the words of the host") == log.npos; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
        log = ask(runner, "GET", "/logs/ca1").body;
    }
    BOOST_TEST(log.find("warning: setting the status of the commit " + std::string(40, 'b')) != log.npos, log);
    BOOST_TEST(log.find("the words of the host") != log.npos);
}

BOOST_AUTO_TEST_CASE(registers_nothing_without_a_public_url)
{
    small_github host;
    runner_process runner({.has_users = false, .more = {}});
    BOOST_TEST(ask(runner, "PUT", api("tasks/website"), task_document(host)).status < 300U);
    for (int i = 0; i < 200 && runner.log_text().find("--public-url") == std::string::npos; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    BOOST_TEST(runner.log_text().find("--public-url") != std::string::npos);
    BOOST_TEST(host.server.seen().empty());
}

BOOST_AUTO_TEST_SUITE_END()
