// Runners that share a PostgreSQL database.
#include "runner_process.hpp"

#include <acrx/http/client.hpp>
#include <acrx/trigger/webhook_signature.hpp>

#include <boost/test/unit_test.hpp>

#include <support/postgres_cluster.hpp>
#include <support/run.hpp>

#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_shared_database)

namespace {
struct shared_database
{
    std::string url = postgres_cluster::shared().new_schema();
    scratch_folder folder;
    runner_setup setup{.has_users = false, .more = {"--database", url, "--secret-key-file", key().string()}};

    std::filesystem::path key() const
    {
        auto const file = folder.write("key", std::string(64, '7'));
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return file;
    }
};

std::string ask(runner_process const& runner, std::string const& words)
{
    return must(std::string(ACRX_RUNNER) + " " + words + " --server " + runner.url());
}

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != text.npos;
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(show_the_same_tasks_and_runs_and_outlive_each_other, shared_database)
{
    runner_process first(setup);
    runner_process second(setup);
    ask(first, "task create -n hello -c /dev/null --cmd '127.0.0.1:1/nothing say hi' --base-image-trigger-enabled false");
    BOOST_TEST(has(ask(second, "task list -o table"), "hello"));
    BOOST_TEST(has(ask(second, "task run -n hello --no-wait -o table"), "ca1"));
    BOOST_TEST(has(ask(first, "task run -n hello --no-wait -o table"), "ca2"));
    first.kill();
    auto const list = ask(second, "task list-runs -o table");
    BOOST_TEST((has(list, "ca1") && has(list, "ca2")), list);
    BOOST_TEST(has(ask(second, "task run -n hello --no-wait -o table"), "ca3"));
    BOOST_TEST(!std::filesystem::exists(second.home() / "runner/runner.db"));
    BOOST_TEST(postgres_cluster::shared().sql("SELECT count(*) FROM runs", url) == "3\n");
}

BOOST_FIXTURE_TEST_CASE(know_at_once_what_another_has_stored, shared_database)
{
    runner_process const first(setup);
    runner_process const second(setup);
    auto const send = [&](std::string method, std::string const& rest, std::string body, acrx::http_headers headers = {}) {
        acrx::http_request request;
        request.method = std::move(method);
        request.body = std::move(body);
        request.target = acrx::parse_url(rest);
        request.headers = std::move(headers);
        return run(acrx::http_client().send(std::move(request)));
    };
    auto const api = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/tasks/hello?api-version=2019-06-01-preview";
    auto const push = [&](char digit) {
        auto const body = R"({"ref":"refs/heads/main","before":"0000000000000000000000000000000000000001","after":")" + std::string(40, digit)
                          + R"(","commits":[],"sender":{"login":"x"},"repository":{"clone_url":"https://github.com/acme/app.git","default_branch":"main"}})";
        acrx::http_headers headers;
        headers.set("X-GitHub-Event", "push");
        headers.set("X-GitHub-Delivery", std::string(1, digit));
        headers.set("X-Hub-Signature-256", "sha256=" + acrx::to_hex(acrx::hmac_sha256("of the trigger", body)));
        return send("POST", first.url() + "/hooks/git/github", body, std::move(headers)).status;
    };
    BOOST_TEST(push('a') == 401U);
    auto const stored = send("PUT", second.url() + api, R"({"properties":{"step":{"type":"EncodedTask","encodedTaskContent":"c3RlcHM6CiAgLSBjbWQ6IDEyNy4wLjAuMToxL25vdGhpbmcgc2F5IGhpCg=="},
        "trigger":{"sourceTriggers":[{"name":"s","sourceTriggerEvents":["commit"],"webhookSecret":"of the trigger",
        "sourceRepository":{"sourceControlType":"Github","repositoryUrl":"https://github.com/acme/app.git","branch":"main"}}]}}})");
    BOOST_TEST(stored.status == 201U, stored.body);
    BOOST_TEST(push('b') == 202U);
    BOOST_TEST(send("DELETE", second.url() + api, {}).status == 200U);
    BOOST_TEST(push('c') == 401U);
}

BOOST_FIXTURE_TEST_CASE(refuse_another_key, shared_database)
{
    runner_process const first(setup);
    auto const other = shell(std::string("timeout 20 env ACRX_DATABASE='") + url + "' " + ACRX_RUNNER + " serve --listen 0 --home "
                             + (folder / "other").string());
    BOOST_TEST(other.status != 0);
    BOOST_TEST(has(other.output, "sealed with the key for secrets"), other.output);
}

BOOST_AUTO_TEST_SUITE_END()
