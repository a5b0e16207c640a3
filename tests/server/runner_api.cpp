#include <acrx/server/runner_api.hpp>

#include "served_api.hpp"

#include <acrx/core/base64.hpp>
#include <acrx/trigger/webhook_signature.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(server_runner_api)

std::string const timer_task = R"({"location":"here","tags":{"a":"b"},"properties":{"timeout":600,
    "step":{"type":"EncodedTask","encodedTaskContent":")" + to_base64("steps:\n  - cmd: bash echo hi\n") + R"(",
            "values":[{"name":"a","value":"plain"},{"name":"b","value":"s3cret","isSecret":true}]},
    "trigger":{"timerTriggers":[{"name":"t1","schedule":"0 2 * * *"}]},
    "credentials":{"customRegistries":{"r.example":{"userName":{"type":"Opaque","value":"u"},"password":{"type":"Opaque","value":"pw"}}}}}})";

BOOST_FIXTURE_TEST_CASE(keeps_tasks_and_shows_secrets_to_owners_alone, served_api)
{
    auto const made = arm("PUT", "tasks/nightly", timer_task);
    BOOST_TEST(made.status == 201u, made.text);
    BOOST_TEST(made.at("/name") == "nightly");
    BOOST_TEST(made.at("/id") == "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/tasks/nightly");
    BOOST_TEST(made.at("/properties/provisioningState") == "Succeeded");
    BOOST_TEST(made.at("/properties/status") == "Enabled");
    BOOST_TEST(made.at("/properties/step/values/0/value") == "plain");
    BOOST_TEST(made.text.find("s3cret") == std::string::npos);
    BOOST_TEST(made.text.find("\"pw\"") == std::string::npos);
    auto const shown = arm("GET", "tasks/NIGHTLY");
    BOOST_TEST(shown.status == 200u);
    BOOST_TEST(shown.text.find("s3cret") == std::string::npos);
    auto const details = arm("POST", "tasks/nightly/listDetails");
    BOOST_TEST(details.at("/properties/step/values/1/value") == "s3cret");
    BOOST_TEST(details.at("/properties/credentials/customRegistries/r.example/password/value") == "pw");
    auto const again = arm("PUT", "tasks/nightly", timer_task);
    BOOST_TEST(again.status == 200u);
    BOOST_TEST(arm("GET", "tasks").at("/value/0/name") == "nightly");
    BOOST_TEST(arm("DELETE", "tasks/nightly").status == 200u);
    BOOST_TEST(arm("DELETE", "tasks/nightly").status == 204u);
    auto const gone = arm("GET", "tasks/nightly");
    BOOST_TEST(gone.status == 404u);
    BOOST_TEST(gone.at("/error/code") == "ResourceNotFound");
}

BOOST_FIXTURE_TEST_CASE(changes_what_a_patch_names_and_nothing_else, served_api)
{
    arm("PUT", "tasks/nightly", timer_task);
    auto const changed = arm("PATCH", "tasks/nightly", R"({"tags":{},"properties":{"status":"Disabled",
        "step":{"type":"EncodedTask","values":[{"name":"b","isSecret":true}]},
        "trigger":{"timerTriggers":[{"name":"T1","status":"Disabled"},{"name":"t2","schedule":"5 * * * *"}]},
        "credentials":{"customRegistries":{"r.example":null,"q.example":{"identity":"[system]"}}}}})");
    BOOST_TEST(changed.status == 200u, changed.text);
    auto const now = arm("POST", "tasks/nightly/listDetails");
    BOOST_TEST(now.at("/tags") == "{}");
    BOOST_TEST(now.at("/location") == "here");
    BOOST_TEST(now.at("/properties/status") == "Disabled");
    BOOST_TEST(now.at("/properties/timeout") == "600");
    BOOST_TEST(now.at("/properties/step/values/0/value") == "s3cret");
    BOOST_TEST(now.at("/properties/step/encodedTaskContent") != "");
    BOOST_TEST(now.at("/properties/trigger/timerTriggers/0/schedule") == "0 2 * * *");
    BOOST_TEST(now.at("/properties/trigger/timerTriggers/0/status") == "Disabled");
    BOOST_TEST(now.at("/properties/trigger/timerTriggers/1/name") == "t2");
    BOOST_TEST(now.at("/properties/credentials/customRegistries/r.example") == "(none)");
    BOOST_TEST(now.at("/properties/credentials/customRegistries/q.example/identity") == "[system]");
    BOOST_TEST(arm("PATCH", "tasks/other", "{}").status == 404u);
}

BOOST_FIXTURE_TEST_CASE(refuses_what_it_cannot_read_and_says_where, served_api)
{
    struct row
    {
        std::string body;
        std::string target;
    };
    std::vector<row> const rows{
        {"{", "(none)"},
        {"[]", "(none)"},
        {R"({"properties":7})", "properties"},
        {R"({"properties":{"timeout":"600"}})", "properties.timeout"},
        {R"({"properties":{"timeout":299}})", "properties.timeout"},
        {R"({"properties":{"status":"On"}})", "properties.status"},
        {R"({"properties":{"platform":{"os":"windows"}}})", "properties.platform.os"},
        {R"({"properties":{"step":{"type":"Magic"}}})", "properties.step.type"},
        {R"({"properties":{"step":{"type":"EncodedTask","encodedTaskContent":"*"}}})", "properties.step.encodedTaskContent"},
        {R"({"properties":{"trigger":{"timerTriggers":[{"schedule":"* * * * *"}]}}})", "properties.trigger.timerTriggers[0].name"},
    };
    for (auto const& each : rows) {
        auto const refused = arm("PUT", "tasks/nightly", each.body);
        BOOST_TEST(refused.status == 400u, each.body);
        BOOST_TEST(refused.at("/error/target") == each.target, refused.text);
    }
    auto bad_cron = timer_task;
    bad_cron.replace(bad_cron.find("0 2 *"), 5, "61 * *");
    BOOST_TEST(arm("PUT", "tasks/nightly", bad_cron).status == 400u);
    BOOST_TEST(arm("PUT", "tasks/abc", timer_task).status == 400u);
    BOOST_TEST(arm("PUT", "tasks/a%2fbcde", timer_task).status == 404u);
    BOOST_TEST(arm("PUT", "tasks/nightly", std::string(5 << 20, ' ')).status == 413u);
    BOOST_TEST(arm("POST", "tasks/nightly").status == 405u);
    BOOST_TEST(arm("GET", "nothing").status == 404u);
    auto const registry = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home";
    BOOST_TEST(ask("GET", std::string(registry) + "/tasks").at("/error/code") == "MissingApiVersionParameter");
    BOOST_TEST(ask("GET", std::string(registry) + "/tasks?api-version=1999-01-01").at("/error/code") == "InvalidApiVersionParameter");
    BOOST_TEST(ask("GET", std::string(registry) + "?api-version=2022-12-01").at("/properties/loginServer") == "localhost:5000");
}

BOOST_FIXTURE_TEST_CASE(lets_each_role_do_its_part, served_api)
{
    arm("PUT", "tasks/nightly", timer_task);
    struct row
    {
        std::string method;
        std::string place;
        role needed;
    };
    std::vector<row> const rows{
        {"GET", "tasks", role::reader},
        {"GET", "runs", role::reader},
        {"GET", "agentPools", role::reader},
        {"POST", "scheduleRun", role::runner},
        {"POST", "listBuildSourceUploadUrl", role::runner},
        {"PUT", "taskRuns/again", role::runner},
        {"PUT", "tasks/other", role::owner},
        {"DELETE", "tasks/other", role::owner},
        {"POST", "tasks/nightly/listDetails", role::owner},
        {"PUT", "agentPools/big", role::owner},
    };
    for (auto const& each : rows)
        for (auto const r : {role::reader, role::runner, role::owner}) {
            token = to_string(r);
            auto const status = arm(each.method, each.place, "{}").status;
            BOOST_TEST((status == 403) == (r < each.needed), each.method << " " << each.place << " as " << token << ": " << status);
        }
    token = "stranger";
    BOOST_TEST(arm("GET", "tasks").at("/error/code") == "InvalidAuthenticationToken");
    token = "";
    auto const nobody = arm("GET", "tasks");
    BOOST_TEST(nobody.status == 401u);
    BOOST_TEST(nobody.headers.get("WWW-Authenticate").starts_with("Bearer"));
    BOOST_TEST(ask("GET", "/metrics").status == 401u);
    BOOST_TEST(ask("GET", "/livez").status == 200u);
}

BOOST_FIXTURE_TEST_CASE(schedules_lists_and_cancels_runs, served_api)
{
    arm("PUT", "tasks/nightly", timer_task);
    auto const by_task = arm("POST", "scheduleRun", R"({"type":"TaskRunRequest","taskId":"/x/tasks/nightly"})");
    BOOST_TEST(by_task.status == 202u, by_task.text);
    BOOST_TEST(by_task.at("/properties/status") == "Queued");
    BOOST_TEST(by_task.at("/properties/task") == "nightly");
    auto const id = by_task.at("/name");
    BOOST_TEST(by_task.headers.get("Location").find("/runs/" + id + "?api-version=") != std::string_view::npos);
    auto const quick = arm("POST", "scheduleRun",
                           R"({"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6Ci0gY21kOiBiYXNoCg==","platform":{"os":"Linux"}})");
    BOOST_TEST(quick.status == 202u, quick.text);
    BOOST_TEST(quick.at("/properties/runType") == "QuickRun");
    auto const build = arm("POST", "scheduleRun",
                           R"({"type":"DockerBuildRequest","dockerFilePath":"Dockerfile","sourceLocation":"https://h/r.git","imageNames":["a:1"]})");
    BOOST_TEST(build.at("/properties/runType") == "QuickBuild");
    for (auto const* platforms : {R"(["windows/amd64"])", R"(["a/b/c/d"])", R"("linux/amd64")"})
        BOOST_TEST(arm("POST", "scheduleRun", R"({"type":"DockerBuildRequest","dockerFilePath":"D","platforms":)" + std::string(platforms) + "}").status
                   == 400u, platforms);
    BOOST_TEST(arm("POST", "scheduleRun", R"({"type":"TaskRunRequest","taskId":"missing"})").status == 404u);
    BOOST_TEST(arm("POST", "scheduleRun", R"({"type":"DockerBuildRequest"})").status == 400u);

    BOOST_TEST(arm("GET", "runs").body.at("value").as_array().size() == 3u);
    auto const filtered = arm("GET", "runs?$filter=TaskName%20eq%20'nightly'%20and%20Status%20eq%20'Queued'");
    BOOST_TEST(filtered.body.at("value").as_array().size() == 1u);
    BOOST_TEST(filtered.at("/value/0/name") == id);
    auto const top = arm("GET", "runs?$top=2");
    BOOST_TEST(top.body.at("value").as_array().size() == 2u);
    BOOST_TEST(top.at("/nextLink") == "(none)");
    BOOST_TEST(arm("GET", "runs?$top=0").status == 400u);
    BOOST_TEST(arm("GET", "runs?$filter=x").at("/error/target") == "$filter");

    BOOST_TEST(arm("PATCH", "runs/" + id, R"({"isArchiveEnabled":true})").at("/properties/isArchiveEnabled") == "true");
    BOOST_TEST(arm("POST", "runs/" + id + "/cancel").status == 200u);
    BOOST_TEST(arm("GET", "runs/" + id).at("/properties/status") == "Canceled");
    BOOST_TEST(arm("GET", "operationResults/cancel-" + id).status == 200u);
    BOOST_TEST(arm("POST", "runs/nothing/cancel").status == 404u);
}

struct small_pages : served_api
{
    small_pages()
    {
        options.page_size = 2;
        api = api_type(service, named_door{}, options);
    }
};

BOOST_FIXTURE_TEST_CASE(gives_lists_in_pages, small_pages)
{
    std::vector<std::string> made;
    for (int i = 0; i < 5; ++i)
        made.push_back(arm("POST", "scheduleRun", R"({"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6Ci0gY21kOiBiYXNoCg=="})").at("/name"));
    for (std::size_t const top : {std::size_t{0}, std::size_t{3}}) {
        std::vector<std::string> seen;
        auto page = arm("GET", top == 0 ? "runs?$filter=Status%20eq%20'Queued'" : "runs?$top=3");
        while (true) {
            BOOST_TEST(page.body.at("value").as_array().size() <= 2u);
            for (auto const& each : page.body.at("value").as_array())
                seen.emplace_back(each.at("name").as_string());
            auto const next = page.at("/nextLink");
            if (next == "(none)")
                break;
            BOOST_REQUIRE(next.starts_with("http://runner.test/subscriptions/"));
            page = ask("GET", next.substr(18));
        }
        BOOST_TEST(seen.size() == (top == 0 ? 5u : top));
        BOOST_TEST(seen.front() == made.back());
    }
}

BOOST_FIXTURE_TEST_CASE(tells_who_asked_for_a_run_and_where_its_steps_stand, served_api)
{
    token = "runner";
    auto const id = arm("POST", "scheduleRun", R"({"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6CiAgLSBjbWQ6IGEK"})").at("/name");
    BOOST_TEST(arm("GET", "runs/" + id).at("/properties/manualTrigger/requester") == "runner");
    BOOST_TEST(arm("GET", "runs/" + id).at("/properties/steps") == "(none)");
    run_logs(folder.path() / "logs").open(id).keep_steps(R"([{"id":"build"}])");
    BOOST_TEST(arm("GET", "runs/" + id).at("/properties/steps/0/id") == "build");
    BOOST_TEST(arm("GET", "runs").at("/value/0/properties/steps") == "(none)");
}

BOOST_FIXTURE_TEST_CASE(tells_what_triggers_what, served_api)
{
    arm("PUT", "tasks/nightly", timer_task);
    auto const found = arm("GET", "triggers");
    BOOST_TEST(found.at("/baseImages") == "[]");
    BOOST_TEST(found.at("/timers/0/task") == "nightly");
    BOOST_TEST(found.at("/timers/0/name") == "t1");
    BOOST_TEST(found.at("/timers/0/next").ends_with("T02:00:00Z"), found.text);
    BOOST_TEST(arm("POST", "triggers").status == 405u);
    BOOST_TEST(arm("GET", "triggers/nightly").status == 404u);
    token = "";
    BOOST_TEST(arm("GET", "triggers").status == 401u);
}

BOOST_FIXTURE_TEST_CASE(serves_the_page_to_everybody, served_api)
{
    token = "";
    auto const document = ask("GET", "/");
    BOOST_TEST(document.status == 200u);
    BOOST_TEST(document.headers.get("Content-Type") == "text/html; charset=utf-8");
    BOOST_TEST(ask("GET", "/page/main.js").status == 200u);
    BOOST_TEST(ask("GET", "/page/none.js").status == 404u);
    BOOST_TEST(ask("POST", "/").status == 405u);
}

BOOST_FIXTURE_TEST_CASE(lets_owners_alone_hand_out_identities, served_api)
{
    auto const body = [](std::string const& identity, std::string const& tag) {
        return "{" + (identity.empty() ? identity : R"("identity":)" + identity + ",") + R"("properties":{"forceUpdateTag":")" + tag
               + R"(","runRequest":{"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6Ci0gY21kOiBiYXNoCg=="}}})";
    };
    std::string const user = R"({"type":"UserAssigned","userAssignedIdentities":{"/subscriptions/s/i":{"clientId":"c"}}})";
    std::string const system = R"({"type":"SystemAssigned"})";
    token = "runner";
    for (auto const& identity : {user, system}) {
        auto const refused = arm("PUT", "taskRuns/mine", body(identity, "1"));
        BOOST_TEST(refused.status == 403u, refused.text);
        BOOST_TEST(refused.at("/error/code") == "LinkedAuthorizationFailed");
    }
    BOOST_TEST(arm("GET", "runs").at("/value/0") == "(none)");
    BOOST_TEST(arm("PUT", "taskRuns/mine", body(R"({"type":"None"})", "1")).status == 201u);
    BOOST_TEST(arm("PATCH", "taskRuns/mine", R"({"identity":)" + system + "}").status == 403u);

    token = "owner";
    BOOST_TEST(arm("PUT", "taskRuns/theirs", body(user, "1")).status == 201u);
    token = "runner";
    auto const own_request = arm("PATCH", "taskRuns/theirs", body("", "2"));
    BOOST_TEST(own_request.status == 403u, own_request.text);
    BOOST_TEST(arm("PUT", "taskRuns/theirs", body(user, "2")).status == 403u);
    BOOST_TEST(arm("PATCH", "taskRuns/theirs", R"({"properties":{"forceUpdateTag":"2"}})").status == 200u);
    BOOST_TEST(arm("GET", "taskRuns/theirs").at("/identity/type") == "UserAssigned");
    auto const replaced = arm("PUT", "taskRuns/theirs", body("", "3"));
    BOOST_TEST(replaced.status == 200u);
    BOOST_TEST(replaced.at("/identity") == "(none)");
}

BOOST_FIXTURE_TEST_CASE(takes_what_a_run_is_to_be_told_otherwise, served_api)
{
    auto const body = [](std::string const& overrides) {
        return R"({"properties":{"runRequest":{"type":"EncodedTaskRunRequest","encodedTaskContent":"c3RlcHM6Ci0gY21kOiBiYXNoCg==","runOverrides":)"
               + overrides + "}}}";
    };
    arm("PUT", "taskRuns/mine", body(R"({"id":"x-1","registry":"r.example","environment":["A=b"],"noCache":true})"));
    auto const shown = arm("GET", "taskRuns/mine");
    BOOST_TEST(shown.at("/properties/runRequest/runOverrides/id") == "x-1");
    BOOST_TEST(shown.at("/properties/runRequest/runOverrides/registry") == "r.example");
    BOOST_TEST(shown.at("/properties/runRequest/runOverrides/environment/0") == "A=b");
    BOOST_TEST(shown.at("/properties/runRequest/runOverrides/noCache") == "true");
    for (auto const* wrong : {R"({"id":"../x"})", R"({"environment":["=x"]})", R"({"environment":["A"]})", R"({"id":7})"})
        BOOST_TEST(arm("PUT", "taskRuns/other", body(wrong)).status == 400u, wrong);
}

BOOST_FIXTURE_TEST_CASE(keeps_named_runs_and_pools, served_api)
{
    BOOST_TEST(arm("PUT", "agentPools/big", R"({"properties":{"count":3,"tier":"S2"}})").status == 201u);
    BOOST_TEST(arm("PATCH", "agentPools/big", R"({"properties":{"count":4}})").at("/properties/tier") == "S2");
    auto const body = [](std::string const& tag) {
        return R"({"properties":{"forceUpdateTag":")" + tag + R"(","runRequest":{"type":"EncodedTaskRunRequest",
            "encodedTaskContent":"c3RlcHM6Ci0gY21kOiBiYXNoCg==","agentPoolName":"big"}}})";
    };
    auto const first = arm("PUT", "taskRuns/again", body("1"));
    BOOST_TEST(first.status == 201u, first.text);
    BOOST_TEST(first.at("/properties/provisioningState") == "Creating");
    auto const id = first.at("/properties/runResult/name");
    BOOST_TEST(arm("PUT", "taskRuns/again", body("1")).at("/properties/runResult/name") == id);
    BOOST_TEST(arm("PUT", "taskRuns/again", body("2")).at("/properties/runResult/name") != id);
    BOOST_TEST(arm("POST", "agentPools/big/listQueueStatus").at("/count") == "2");
    arm("POST", "runs/" + arm("GET", "taskRuns/again").at("/properties/runResult/name") + "/cancel");
    BOOST_TEST(arm("GET", "taskRuns").at("/value/0/properties/provisioningState") == "Canceled");
    BOOST_TEST(arm("PUT", "taskRuns/other", "{}").status == 400u);
    BOOST_TEST(arm("DELETE", "taskRuns/again").status == 200u);
    auto const refused = arm("DELETE", "agentPools/big");
    BOOST_TEST(refused.status == 409u);
    BOOST_TEST(refused.text.find("runs are waiting in it (1)") != std::string::npos, refused.text);
    arm("POST", "runs/" + id + "/cancel");
    BOOST_TEST(arm("DELETE", "agentPools/big").status == 200u);
    BOOST_TEST(arm("GET", "agentPools/big").status == 404u);
}

BOOST_FIXTURE_TEST_CASE(takes_deliveries_that_are_signed, served_api)
{
    auto task = timer_task;
    auto const at = task.find("\"timerTriggers\"");
    task.insert(at, R"("sourceTriggers":[{"name":"s","sourceTriggerEvents":["commit"],"webhookSecret":"of the trigger",
        "sourceRepository":{"sourceControlType":"Github","repositoryUrl":"https://github.com/acme/app.git","branch":"main"}}],)");
    BOOST_TEST(arm("PUT", "tasks/built", task).status == 201u);
    BOOST_TEST(arm("GET", "tasks/built").at("/properties/trigger/sourceTriggers/0/isPolled") == "false");
    auto unsigned_task = task;
    unsigned_task.erase(unsigned_task.find("\"webhookSecret\""), std::string("\"webhookSecret\":\"of the trigger\",").size());
    BOOST_TEST(arm("PUT", "tasks/polled", unsigned_task).at("/properties/trigger/sourceTriggers/0/isPolled") == "true");
    arm("DELETE", "tasks/polled");
    token = "";
    auto const push = [](std::string const& commit, std::string const& repository) {
        return R"({"ref":"refs/heads/main","before":"0000000000000000000000000000000000000000","after":")" + std::string(40, commit[0])
               + R"(","repository":{"clone_url":"https://github.com/)" + repository + R"(.git","default_branch":"main"},"commits":[],"sender":{"login":"x"}})";
    };
    auto const send = [&](std::string const& body, std::string const& secret, std::string const& id) {
        return ask("POST", "/hooks/git/github", body,
                   {{"X-GitHub-Event", "push"}, {"X-GitHub-Delivery", id}, {"X-Hub-Signature-256", "sha256=" + to_hex(hmac_sha256(secret, body))}});
    };
    auto const first = send(push("a", "acme/app"), "hook secret", "d1");
    BOOST_TEST(first.status == 202u, first.text);
    BOOST_TEST(first.body.at("runs").as_array().size() == 1u);
    BOOST_TEST(send(push("a", "acme/app"), "hook secret", "d1").at("/result") == "duplicate");
    BOOST_TEST(send(push("b", "acme/app"), "of the trigger", "d2").at("/result") == "accepted");
    BOOST_TEST(send(push("c", "acme/other"), "of the trigger", "d3").at("/result") == "ignored");
    BOOST_TEST(send(push("d", "acme/app"), "wrong", "d4").status == 401u);
    BOOST_TEST(send("{}", "hook secret", "d5").status == 400u);
    BOOST_TEST(ask("POST", "/hooks/git/unknown", "{}").status == 404u);
    BOOST_TEST(ask("GET", "/hooks/git/github").status == 405u);
    BOOST_TEST(ask("POST", "/hooks/registry", "{}").status == 401u);
    auto const ping = ask("POST", "/hooks/registry", R"({"id":"x","timestamp":"2026-01-01T00:00:00Z","action":"ping"})",
                          {{"Authorization", "Bearer registry"}});
    BOOST_TEST(ping.status == 200u, ping.text);
    token = "owner";
    auto const run = arm("GET", "runs?$filter=TaskName%20eq%20'built'&$top=1");
    BOOST_TEST(run.at("/value/0/properties/sourceTrigger/commitId") == std::string(40, 'b'));
    auto const metrics = ask("GET", "/metrics").text;
    BOOST_TEST(metrics.find("acrx_webhook_deliveries_total{provider=\"GitHub\",result=\"bad_signature\"} 1\n") != std::string::npos, metrics);
    BOOST_TEST(metrics.find("acrx_webhook_seconds_bucket{provider=\"GitHub\",le=\"+Inf\"} 4\n") != std::string::npos, metrics);
}

BOOST_FIXTURE_TEST_CASE(keeps_out_other_web_sites, served_api)
{
    BOOST_TEST(ask("GET", path("tasks"), {}, {{"Origin", "http://runner.test"}}).status == 200u);
    BOOST_TEST(ask("GET", path("tasks"), {}, {{"Origin", "http://evil.test"}}).status == 403u);
    BOOST_TEST(ask("GET", path("tasks"), {}, {{"Origin", "null"}}).status == 403u);
    options.is_for_loopback_alone = true;
    api = api_type(service, named_door{}, options);
    BOOST_TEST(ask("GET", path("tasks")).status == 403u);
    for (auto const* host : {"localhost:8080", "127.0.0.1", "[::1]:1"})
        BOOST_TEST(ask("GET", path("tasks"), {}, {{"Host", host}}).status == 200u, host);
}

BOOST_AUTO_TEST_SUITE_END()
