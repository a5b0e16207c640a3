#include <acrx/trigger/webhook.hpp>

#include <acrx/core/error.hpp>
#include <acrx/trigger/webhook_signature.hpp>

#include <support/test_data.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_webhook)

namespace {
std::string read(std::string const& name)
{
    std::ifstream in(testing::data_path("trigger/data/webhooks") / name, std::ios::binary);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << name);
    return {std::istreambuf_iterator<char>(in), {}};
}

git_host host_named(std::string const& name)
{
    return name == "github"   ? git_host::github
           : name == "gitlab" ? git_host::gitlab
           : name == "gitea"  ? git_host::gitea
                              : git_host::azure_devops;
}

webhook_secret secret_of(git_host host)
{
    switch (host) {
    case git_host::github: return {"correct horse battery staple", ""};
    case git_host::gitlab: return {"gl-sample", ""};
    case git_host::gitea: return {"gitea sample", ""};
    default: return {"letmein", "hook"};
    }
}

http_headers headers_of(std::initializer_list<std::pair<char const*, char const*>> fields)
{
    http_headers headers;
    for (auto const& [name, value] : fields)
        headers.set(name, value);
    return headers;
}

std::string const id(40, 'a');
std::string const other(40, 'b');
std::string const zero(40, '0');

webhook github(char const* event, std::string const& body)
{
    return parse_webhook(headers_of({{"X-GitHub-Event", event}, {"X-GitHub-Delivery", "d1"}}), body);
}

std::string github_push(std::string const& ref, std::string const& after, std::string const& rest = "")
{
    return R"({"ref":")" + ref + R"(","before":")" + other + R"(","after":")" + after
           + R"(","repository":{"clone_url":"https://x:y@h.example/a/b.git","default_branch":"main"})" + rest + "}";
}

template<class What>
What only(webhook const& hook)
{
    BOOST_REQUIRE(hook.events.size() == 1U);
    BOOST_REQUIRE(std::holds_alternative<What>(hook.events[0].what));
    return std::get<What>(hook.events[0].what);
}
}  // namespace

BOOST_AUTO_TEST_CASE(reads_the_deliveries_of_the_corpus)
{
    auto const manifest = boost::json::parse(read("manifest.json")).as_object();
    for (auto const& item : manifest.at("cases").as_array()) {
        auto const& sample = item.as_object();
        auto const body = read(std::string(sample.at("body").as_string()));
        auto const host = host_named(std::string(sample.at("provider").as_string()));
        http_headers headers;
        for (auto const& field : sample.at("headers").as_object())
            headers.set(std::string(field.key()), std::string(field.value().as_string()));
        BOOST_TEST_CONTEXT(sample.at("id").as_string().c_str()) {
            if (sample.at("verdict").as_string() == "reject") {
                BOOST_CHECK_THROW(check_webhook(host, headers, body, secret_of(host), {}), error);
                continue;
            }
            BOOST_CHECK_NO_THROW(check_webhook(host, headers, body, secret_of(host), {}));
            auto const& fields = sample.at("fields").as_object();
            auto const hook = parse_webhook(headers, body);
            BOOST_CHECK(hook.host == host);
            BOOST_TEST(!hook.events.empty() == fields.at("trigger").as_bool());
            BOOST_TEST(hook.is_ping == (sample.at("event").as_string() == "ping"));
            BOOST_TEST(!hook.delivery_id.empty());
            if (hook.events.empty())
                continue;
            if (fields.contains("pull_request")) {
                auto const request = only<pull_request>(hook);
                BOOST_TEST(request.number == 210U);
                BOOST_TEST(request.commit == fields.at("commit").as_string().c_str());
                BOOST_TEST(request.target_branch == fields.at("branch").as_string().c_str());
                BOOST_TEST(request.source_branch == fields.at("head_branch").as_string().c_str());
                BOOST_TEST(request.from_fork == fields.at("from_fork").as_bool());
            } else {
                auto const commit = only<git_push>(hook);
                BOOST_TEST(commit.repository_url == fields.at("repository_url").as_string().c_str());
                BOOST_TEST(commit.branch == fields.at("branch").as_string().c_str());
                BOOST_TEST(commit.commit == fields.at("commit").as_string().c_str());
                BOOST_TEST(commit.before == fields.at("before").as_string().c_str());
                BOOST_TEST(commit.default_branch == "main");
                BOOST_TEST(commit.changed_paths.has_value() == (host != git_host::azure_devops));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_deleted_ref_starts_no_run)
{
    auto const hook = github("push", github_push("refs/heads/old", zero));
    BOOST_TEST(hook.events.empty());
    BOOST_REQUIRE(hook.ignored.size() == 1U);
    BOOST_TEST(hook.ignored[0] == "the branch old was deleted");
}

BOOST_AUTO_TEST_CASE(tells_branches_from_tags_by_the_prefix_alone)
{
    BOOST_TEST(only<git_push>(github("push", github_push("refs/heads/refs/tags/v1", id))).branch == "refs/tags/v1");
    auto const tagged = only<git_push>(
        github("push", github_push("refs/tags/main", other, R"(,"head_commit":{"id":")" + id + "\"}")));
    BOOST_TEST(tagged.tag == "main");
    BOOST_TEST(tagged.branch.empty());
    BOOST_TEST(tagged.commit == id);
    BOOST_TEST(tagged.repository_url == "https://h.example/a/b.git");
    BOOST_TEST(github("push", github_push("refs/notes/x", id)).events.empty());
}

BOOST_AUTO_TEST_CASE(tells_changed_paths_only_if_it_knows_them_all)
{
    std::string const commits = R"(,"commits":[{"added":["b"],"modified":["a"],"removed":["c","a"]}])";
    auto const known = only<git_push>(github("push", github_push("refs/heads/m", id, commits)));
    BOOST_REQUIRE(known.changed_paths.has_value());
    BOOST_TEST(*known.changed_paths == (std::vector<std::string>{"a", "b", "c"}));
    BOOST_CHECK(!only<git_push>(github("push", github_push("refs/heads/m", id, commits + R"(,"forced":true)"))).changed_paths);
    BOOST_CHECK(!only<git_push>(github("push", github_push("refs/heads/m", id, commits + R"(,"total_commits":9)"))).changed_paths);
    BOOST_CHECK(!only<git_push>(github("push", github_push("refs/heads/m", id))).changed_paths);
}

BOOST_AUTO_TEST_CASE(refuses_names_and_commits_that_git_must_not_see)
{
    for (auto const* name : {"--upload-pack=x", "a..b", "a b", "a~1", "a.lock", "a@{1}", "a\\u0001b", "", "/a", "a//b"})
        BOOST_CHECK_THROW(github("push", github_push("refs/heads/" + std::string(name), id)), error);
    for (auto const& commit : {std::string("--x"), std::string(39, 'a'), std::string(40, 'g'), std::string(40, 'A')})
        BOOST_CHECK_THROW(github("push", github_push("refs/heads/main", commit)), error);
    BOOST_CHECK_NO_THROW(github("push", github_push("refs/heads/main", std::string(64, 'a'))));
}

BOOST_AUTO_TEST_CASE(refuses_bodies_that_are_no_delivery)
{
    for (auto const* body : {"", "{", "[]", "null", "{}", R"({"ref":1})", R"({"ref":"refs/heads/m"})", "\xff"})
        BOOST_CHECK_EXCEPTION(github("push", body), error, [](error const& e) { return e.code() == errc::damaged; });
    std::string const deep(100000, '[');
    BOOST_CHECK_THROW(github("push", deep), error);
    BOOST_CHECK_THROW(github("push", std::string(largest_webhook + 1, ' ')), error);
    BOOST_CHECK_EXCEPTION(parse_webhook({}, "{}"), error, [](error const& e) { return e.code() == errc::not_supported; });
}

BOOST_AUTO_TEST_CASE(passes_over_events_and_actions_that_start_no_runs)
{
    BOOST_TEST(github("star", "{}").ignored.size() == 1U);
    std::string const rest = R"(","number":7,"pull_request":{"head":{"sha":")" + id
                             + R"(","ref":"f","repo":null},"base":{"ref":"main","repo":{"clone_url":"https://h/a/b"}}},)"
                               R"("repository":{"clone_url":"https://h/a/b"}})";
    for (auto const* action : {"closed", "labeled", "edited", "assigned", "review_requested"})
        BOOST_TEST(github("pull_request", R"({"action":")" + std::string(action) + rest).events.empty());
    for (auto const* action : {"opened", "reopened", "synchronize", "synchronized"})
        BOOST_TEST(only<pull_request>(github("pull_request", R"({"action":")" + std::string(action) + rest)).from_fork);
}

BOOST_AUTO_TEST_CASE(reads_the_form_of_github)
{
    auto const headers = headers_of({{"X-GitHub-Event", "push"}, {"Content-Type", "application/x-www-form-urlencoded"}});
    auto const body = "x=1&payload=%7B%22ref%22%3A%22refs%2Fheads%2Fm%22%2C%22after%22%3A%22" + id
                      + "%22%2C%22repository%22%3A+%7B%22clone_url%22%3A%22https%3A%2F%2Fh%2Fa%2Fb%22%7D%7D";
    BOOST_TEST(only<git_push>(parse_webhook(headers, body)).branch == "m");
    BOOST_CHECK_THROW(parse_webhook(headers, "x=1"), error);
}

BOOST_AUTO_TEST_CASE(reads_merge_requests_of_gitlab)
{
    auto const headers = headers_of({{"X-Gitlab-Event", "Merge Request Hook"}, {"Idempotency-Key", "k"}});
    auto const body = [](std::string const& action) {
        return R"({"object_kind":"merge_request","user":{"username":"jo"},"project":{"git_http_url":"https://g/a/b.git"},)"
               R"("object_attributes":{"iid":5,"source_branch":"f","target_branch":"main","source_project_id":1,)"
               R"("target_project_id":1,"last_commit":{"id":")"
               + id + R"("},)" + action + "}}";
    };
    auto const opened = parse_webhook(headers, body(R"("action":"open")"));
    BOOST_TEST(only<pull_request>(opened).number == 5U);
    BOOST_TEST(!only<pull_request>(opened).from_fork);
    BOOST_TEST(opened.delivery_id == "k");
    BOOST_TEST(parse_webhook(headers, body(R"("action":"update")")).events.empty());
    BOOST_CHECK(only<pull_request>(parse_webhook(headers, body(R"("action":"update","oldrev":"x")"))).action
                == pull_request_action::synchronized);
}

BOOST_AUTO_TEST_CASE(reads_all_changes_of_a_push_to_bitbucket)
{
    auto const headers = headers_of({{"X-Event-Key", "repo:push"}, {"X-Request-UUID", "u"}});
    auto const hook = parse_webhook(headers, R"({"repository":{"full_name":"a/b"},"push":{"changes":[
        {"old":{"target":{"hash":"x"}},"new":null},
        {"new":{"type":"branch","name":"main","target":{"hash":")" + id + R"("}}},
        {"new":{"type":"tag","name":"v1","target":{"hash":")" + id + R"("}}}]}})");
    BOOST_REQUIRE(hook.events.size() == 2U);
    BOOST_TEST(hook.ignored.size() == 1U);
    BOOST_TEST(std::get<git_push>(hook.events[0].what).branch == "main");
    BOOST_TEST(std::get<git_push>(hook.events[0].what).repository_url == "https://bitbucket.org/a/b.git");
    BOOST_TEST(std::get<git_push>(hook.events[1].what).tag == "v1");
}

BOOST_AUTO_TEST_CASE(reads_the_data_center_of_bitbucket)
{
    auto const links = R"("links":{"clone":[{"href":"ssh://git@b/a.git","name":"ssh"},{"href":"https://b/scm/a.git","name":"http"}]})";
    auto const push = parse_webhook(
        headers_of({{"X-Event-Key", "repo:refs_changed"}}),
        std::string(R"({"repository":{)") + links + R"(},"changes":[{"ref":{"id":"refs/heads/main"},"toHash":")" + id
            + R"(","type":"UPDATE"},{"refId":"refs/heads/x","type":"DELETE"}]})");
    BOOST_TEST(only<git_push>(push).repository_url == "https://b/scm/a.git");
    BOOST_TEST(push.ignored.size() == 1U);
    BOOST_TEST(parse_webhook(headers_of({{"X-Event-Key", "diagnostics:ping"}}), R"({"test":true})").is_ping);
}

BOOST_AUTO_TEST_CASE(reads_pull_requests_of_azure_devops)
{
    auto const body = [](std::string const& status) {
        return R"({"id":"e1","publisherId":"tfs","eventType":"git.pullrequest.updated","resource":{"pullRequestId":9,"status":")"
               + status + R"(","targetRefName":"refs/heads/main","sourceRefName":"refs/heads/f","lastMergeSourceCommit":{"commitId":")" + id
               + R"("},"repository":{"remoteUrl":"https://o@dev.azure.com/o/p/_git/r"}}})";
    };
    auto const active = parse_webhook({}, body("active"));
    BOOST_TEST(only<pull_request>(active).target_branch == "main");
    BOOST_TEST(only<pull_request>(active).repository_url == "https://dev.azure.com/o/p/_git/r");
    BOOST_TEST(active.delivery_id == "e1");
    BOOST_TEST(parse_webhook({}, body("completed")).events.empty());
}

BOOST_AUTO_TEST_SUITE_END()
