#include <acrx/trigger/git_api.hpp>

#include <acrx/core/error.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <tuple>
#include <utility>

using namespace acrx;
using namespace acrx::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(trigger_git_api)

namespace {
/// One kind of host, as its documentation tells how to call it.
struct host_row
{
    char const* name;
    git_host host;
    bool is_data_center;
    char const* base;                       ///< path of the API
    std::vector<std::string> path;
    std::pair<char const*, std::string> authorization;  ///< header, value
    char const* list;                       ///< line of the request that lists webhooks
    char const* standing;                   ///< a list that holds the webhook of HOOK
    char const* create;                     ///< line
    char const* created;                    ///< JSON of a new one
    char const* update;                     ///< line
    char const* remove;                     ///< line
    char const* status;                     ///< line
    std::array<char const*, 3> states;      ///< JSON of pending, success, failure
};

std::string const commit = "0123456789012345678901234567890123456789";

std::vector<host_row> const& hosts()
{
    static std::vector<host_row> const rows{
        {"github", git_host::github, false, "/api/v3", {"acme", "app"}, {"authorization", "Bearer pat"},
         "GET /api/v3/repos/acme/app/hooks?per_page=100",
         R"([{"id":1,"config":{"url":"http://other"}},{"id":12345678901,"config":{"url":"HOOK"}}])",
         "POST /api/v3/repos/acme/app/hooks",
         R"({"name":"web","active":true,"events":["push","pull_request"],"config":{"url":"HOOK","content_type":"json","secret":"s3cret","insecure_ssl":"0"}})",
         "PATCH /api/v3/repos/acme/app/hooks/12345678901", "DELETE /api/v3/repos/acme/app/hooks/12345678901",
         "POST /api/v3/repos/acme/app/statuses/COMMIT",
         {R"({"state":"pending","context":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})",
          R"({"state":"success","context":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})",
          R"({"state":"failure","context":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})"}},
        {"gitlab", git_host::gitlab, false, "/api/v4", {"group", "sub", "app"}, {"private-token", "pat"},
         "GET /api/v4/projects/group%2Fsub%2Fapp/hooks?per_page=100", R"([{"id":7,"url":"HOOK"}])",
         "POST /api/v4/projects/group%2Fsub%2Fapp/hooks",
         R"({"url":"HOOK","token":"s3cret","push_events":true,"tag_push_events":false,"merge_requests_events":true,"enable_ssl_verification":true})",
         "PUT /api/v4/projects/group%2Fsub%2Fapp/hooks/7", "DELETE /api/v4/projects/group%2Fsub%2Fapp/hooks/7",
         "POST /api/v4/projects/group%2Fsub%2Fapp/statuses/COMMIT",
         {R"({"state":"pending","name":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})",
          R"({"state":"success","name":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})",
          R"({"state":"failed","name":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})"}},
        {"gitea", git_host::gitea, false, "/api/v1", {"acme", "app"}, {"authorization", "token pat"},
         "GET /api/v1/repos/acme/app/hooks?limit=50", R"([{"id":7,"config":{"url":"HOOK"}}])", "POST /api/v1/repos/acme/app/hooks",
         R"({"type":"gitea","active":true,"branch_filter":"*","events":["push","pull_request","pull_request_sync"],"config":{"url":"HOOK","content_type":"json","secret":"s3cret"}})",
         "PATCH /api/v1/repos/acme/app/hooks/7", "DELETE /api/v1/repos/acme/app/hooks/7", "POST /api/v1/repos/acme/app/statuses/COMMIT",
         {R"({"state":"pending","context":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})",
          R"({"state":"success","context":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})",
          R"({"state":"failure","context":"web","description":"Run ca1","target_url":"http://runner/#run=ca1"})"}},
        {"bitbucket cloud", git_host::bitbucket, false, "/2.0", {"acme", "app"}, {"authorization", "Bearer pat"},
         "GET /2.0/repositories/acme/app/hooks?pagelen=100", R"({"values":[{"uuid":"{a-b}","url":"HOOK"}]})",
         "POST /2.0/repositories/acme/app/hooks",
         R"({"description":"acrx","url":"HOOK","active":true,"secret":"s3cret","events":["repo:push","pullrequest:created","pullrequest:updated"]})",
         "PUT /2.0/repositories/acme/app/hooks/%7Ba-b%7D", "DELETE /2.0/repositories/acme/app/hooks/%7Ba-b%7D",
         "POST /2.0/repositories/acme/app/commit/COMMIT/statuses/build",
         {R"({"key":"web","state":"INPROGRESS","name":"web","url":"http://runner/#run=ca1","description":"Run ca1"})",
          R"({"key":"web","state":"SUCCESSFUL","name":"web","url":"http://runner/#run=ca1","description":"Run ca1"})",
          R"({"key":"web","state":"FAILED","name":"web","url":"http://runner/#run=ca1","description":"Run ca1"})"}},
        {"bitbucket data center", git_host::bitbucket, true, "", {"ACME", "app"}, {"authorization", "Bearer pat"},
         "GET /rest/api/1.0/projects/ACME/repos/app/webhooks?limit=100", R"({"values":[{"id":7,"url":"HOOK"}],"isLastPage":true})",
         "POST /rest/api/1.0/projects/ACME/repos/app/webhooks",
         R"({"name":"acrx","url":"HOOK","active":true,"configuration":{"secret":"s3cret"},"events":["repo:refs_changed","pr:opened","pr:from_ref_updated"]})",
         "PUT /rest/api/1.0/projects/ACME/repos/app/webhooks/7", "DELETE /rest/api/1.0/projects/ACME/repos/app/webhooks/7",
         "POST /rest/build-status/1.0/commits/COMMIT",
         {R"({"key":"web","state":"INPROGRESS","name":"web","url":"http://runner/#run=ca1","description":"Run ca1"})",
          R"({"key":"web","state":"SUCCESSFUL","name":"web","url":"http://runner/#run=ca1","description":"Run ca1"})",
          R"({"key":"web","state":"FAILED","name":"web","url":"http://runner/#run=ca1","description":"Run ca1"})"}},
    };
    return rows;
}

std::string filled(std::string text, std::string const& word, std::string const& value)
{
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + value.size()))
        text.replace(at, word.size(), value);
    return text;
}

std::string const hook_url = "https://runner.example.com/hooks/git/x?task=web";

/// A host that answers the same list of webhooks each time.
struct played_host
{
    host_row row;
    std::string list = "[]";
    unsigned status = 201;
    unsigned refusals = 0;  ///< how many calls that write fail for now
    scripted_server server{[this](seen_request const& request) {
        BOOST_TEST(request.header(row.authorization.first) == row.authorization.second);
        if (request.method == "GET")
            return reply{.body = list};
        BOOST_TEST((request.method == "DELETE" || request.header("content-type") == "application/json"));
        if (refusals > 0) {
            --refusals;
            return reply{.status = 503};
        }
        return reply{.status = request.method == "DELETE" ? 204 : status, .body = status >= 400 ? R"({"message":"no such luck"})" : "{}"};
    }};

    git_api api()
    {
        git_api_place place{row.host, row.is_data_center, parse_url(server.url()), row.path};
        place.base.target = row.base;
        retry_policy retry{.tries = 3, .base = 1ms, .ceiling = 1ms, .retry_after_ceiling = 1ms};
        return git_api(place, "pat", retry);
    }
    std::vector<std::string> lines() const
    {
        std::vector<std::string> all;
        for (auto const& request : server.seen())
            all.push_back(request.line());
        return all;
    }
};

webhook_wish const wish{.url = hook_url, .secret = "s3cret", .commits = true, .tags = false, .pull_requests = true};

commit_status status_of(commit_state state)
{
    return {.commit = commit, .state = state, .context = "web", .description = "Run ca1", .target_url = "http://runner/#run=ca1"};
}
using lines = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(makes_a_webhook_where_there_is_none)
{
    for (auto const& row : hosts()) {
        BOOST_TEST_CONTEXT(row.name)
        {
            played_host host{row};
            run(host.api().register_webhook(wish));
            BOOST_TEST(host.lines() == (lines{row.list, row.create}), boost::test_tools::per_element());
            auto const expected = boost::json::parse(filled(row.created, "HOOK", hook_url));
            BOOST_TEST(boost::json::parse(host.server.seen().at(1).body) == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(brings_a_webhook_up_to_date)
{
    for (auto const& row : hosts()) {
        BOOST_TEST_CONTEXT(row.name)
        {
            played_host host{row, filled(row.standing, "HOOK", hook_url)};
            run(host.api().register_webhook(wish));
            BOOST_TEST(host.lines() == (lines{row.list, row.update}), boost::test_tools::per_element());
            auto expected = boost::json::parse(filled(row.created, "HOOK", hook_url)).as_object();
            if (row.host == git_host::github || row.host == git_host::gitea)
                expected.erase(row.host == git_host::github ? "name" : "type");  // said when it is made
            BOOST_TEST(boost::json::parse(host.server.seen().at(1).body) == boost::json::value(expected));
        }
    }
}

BOOST_AUTO_TEST_CASE(removes_a_webhook)
{
    for (auto const& row : hosts()) {
        BOOST_TEST_CONTEXT(row.name)
        {
            played_host host{row, filled(row.standing, "HOOK", hook_url)};
            run(host.api().remove_webhook(hook_url));
            BOOST_TEST(host.lines() == (lines{row.list, row.remove}), boost::test_tools::per_element());
            played_host none{row};
            run(none.api().remove_webhook(hook_url));
            BOOST_TEST(none.lines() == lines{row.list}, boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(sets_the_status_of_a_commit)
{
    for (auto const& row : hosts())
        for (auto const state : {commit_state::pending, commit_state::success, commit_state::failure}) {
            BOOST_TEST_CONTEXT(row.name)
            {
                played_host host{row};
                run(host.api().report(status_of(state)));
                BOOST_TEST(host.lines() == lines{filled(row.status, "COMMIT", commit)}, boost::test_tools::per_element());
                auto const expected = boost::json::parse(row.states[static_cast<std::size_t>(state)]);
                BOOST_TEST(boost::json::parse(host.server.seen().at(0).body) == expected);
            }
        }
}

BOOST_AUTO_TEST_CASE(asks_for_the_events_of_the_trigger_alone)
{
    auto const& github = hosts().front();
    for (auto const& [commits, tags, pulls, events] :
         {std::tuple(true, false, false, R"(["push"])"), std::tuple(false, false, true, R"(["pull_request"])"),
          std::tuple(false, true, false, R"(["push"])")}) {
        played_host host{github};
        run(host.api().register_webhook({hook_url, "s", commits, tags, pulls}));
        BOOST_TEST(boost::json::parse(host.server.seen().at(1).body).at("events") == boost::json::parse(events));
    }
}

BOOST_AUTO_TEST_CASE(is_patient)
{
    for (auto const& row : hosts()) {
        BOOST_TEST_CONTEXT(row.name)
        {
            played_host host{row, "[]", 201, 2};
            run(host.api().report(status_of(commit_state::success)));
            BOOST_TEST(host.server.count("POST") == 3U);
            played_host hooked{row, "[]", 201, 2};
            run(hooked.api().register_webhook(wish));
            BOOST_TEST(hooked.lines() == (lines{row.list, row.create, row.list, row.create, row.list, row.create}), boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(says_what_the_host_says_and_what_to_do)
{
    for (auto const& [status, code] : {std::pair(401U, errc::unauthorized), std::pair(403U, errc::denied),
                                       std::pair(404U, errc::not_found), std::pair(422U, errc::protocol)})
        for (auto const& row : hosts()) {
            played_host host{row, "[]", status};
            auto const tells_all = [&row = row, &code = code](error const& e) {
                auto const text = e.text() + e.advice();
                auto const name = row.path.front() + "/";
                return e.code() == code && text.find("no such luck") != text.npos && text.find(name) != text.npos
                       && text.find(commit) != text.npos && text.find("pat ") == text.npos;
            };
            BOOST_CHECK_EXCEPTION(run(host.api().report(status_of(commit_state::pending))), error, tells_all);
        }
}

BOOST_AUTO_TEST_CASE(takes_a_status_that_gitlab_has_already)
{
    scripted_server server([](seen_request const&) {
        return reply{.status = 400, .body = R"({"message":"Cannot transition status via :enqueue from :pending"})"};
    });
    git_api api(find_git_api(git_host::gitlab, server.url("/acme/app.git")), "pat");
    run(api.report(status_of(commit_state::pending)));
    BOOST_TEST(server.count("POST") == 1U);
}

BOOST_AUTO_TEST_CASE(finds_a_webhook_on_a_later_page)
{
    scripted_server server([](seen_request const& request) {
        if (request.method != "GET")
            return reply{.body = "{}"};
        if (request.target.ends_with("page=2"))
            return reply{.body = R"([{"id":9,"config":{"url":")" + hook_url + R"("}}])"};
        auto const link = "<https://elsewhere.example.com/api/v3/repos/acme/app/hooks?page=1>; rel=\"prev\", "
                          "<https://elsewhere.example.com/api/v3/repos/acme/app/hooks?page=2>; rel=\"next\"";
        return reply{.headers = {{"Link", link}}, .body = "[]"};
    });
    git_api api(find_git_api(git_host::github, server.url("/acme/app.git")), "pat");
    run(api.register_webhook(wish));
    BOOST_TEST(server.seen().back().line() == "PATCH /api/v3/repos/acme/app/hooks/9");

    scripted_server stash([](seen_request const& request) {
        if (request.method != "GET")
            return reply{.status = 204};
        if (request.target.ends_with("&start=100"))
            return reply{.body = R"({"values":[{"id":9,"url":")" + hook_url + R"("}],"isLastPage":true})"};
        return reply{.body = R"({"values":[],"isLastPage":false,"nextPageStart":100})"};
    });
    git_api other(find_git_api(git_host::bitbucket, stash.url("/scm/acme/app.git")), "pat");
    run(other.remove_webhook(hook_url));
    BOOST_TEST(stash.seen().back().line() == "DELETE /rest/api/1.0/projects/acme/repos/app/webhooks/9");
}

BOOST_AUTO_TEST_CASE(shortens_what_hosts_would_refuse)
{
    std::string const long_name(50, 'n');
    auto status = status_of(commit_state::pending);
    status.context = long_name;
    status.description = std::string(139, 'd') + "\xc3\xa4rgerlich";
    played_host bitbucket{hosts()[3]};
    run(bitbucket.api().report(status));
    auto const key = boost::json::parse(bitbucket.server.seen().at(0).body).at("key").as_string();
    BOOST_TEST(key.size() == 40U);
    played_host github{hosts()[0]};
    run(github.api().report(status));
    BOOST_TEST(boost::json::parse(github.server.seen().at(0).body).at("description").as_string() == std::string(139, 'd'));
}

BOOST_AUTO_TEST_SUITE_END()
