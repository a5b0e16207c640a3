// The API of Azure DevOps, whose hosts want several subscriptions for one webhook.
#include <acrx/trigger/git_api.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(trigger_azure_devops_api)

namespace {
std::string const commit(40, '7');
std::string const hook_url = "https://runner.example.com/hooks/git/x?task=web";

commit_status const success{
    .commit = commit, .state = commit_state::success, .context = "web", .description = "Run ca1", .target_url = "http://runner/#run=ca1"};
}  // namespace

BOOST_AUTO_TEST_CASE(subscribes_to_each_kind_of_event_of_azure_devops)
{
    std::string list = R"({"value":[]})";
    scripted_server server([&](seen_request const& request) {
        BOOST_TEST(request.header("authorization") == "Basic " + to_base64(":pat"));
        if (request.target.starts_with("/tfs/My%20Project/_apis/git/repositories/app?"))
            return reply{.body = R"({"id":"repo-id","project":{"id":"project-id"}})"};
        return request.method == "GET" ? reply{.body = list} : request.method == "DELETE" ? reply{.status = 204} : reply{.body = "{}"};
    });
    git_api api(find_git_api(git_host::azure_devops, server.url("/tfs/My%20Project/_git/app")), "pat");
    webhook_wish azure{.url = hook_url, .secret = "user:word", .commits = true, .tags = false, .pull_requests = true};
    run(api.register_webhook(azure));
    auto const all = server.seen();
    BOOST_TEST(all.at(0).line() == "GET /tfs/My%20Project/_apis/git/repositories/app?api-version=7.1");
    BOOST_TEST(all.at(1).line()
               == "GET /tfs/_apis/hooks/subscriptions?publisherId=tfs&consumerId=webHooks&consumerActionId=httpRequest&api-version=7.1");
    BOOST_REQUIRE(all.size() == 5U);
    BOOST_TEST(all[2].line() == "POST /tfs/_apis/hooks/subscriptions?api-version=7.1");
    auto const push = boost::json::parse(
        R"({"publisherId":"tfs","eventType":"git.push","resourceVersion":"1.0","consumerId":"webHooks","consumerActionId":"httpRequest",
            "publisherInputs":{"projectId":"project-id","repository":"repo-id"},
            "consumerInputs":{"url":")" + hook_url + R"(","basicAuthUsername":"user","basicAuthPassword":"word",
            "resourceDetailsToSend":"all","messagesToSend":"none","detailedMessagesToSend":"none"}})");
    BOOST_TEST(boost::json::parse(all[2].body) == push);
    BOOST_TEST(boost::json::parse(all[3].body).at("eventType") == "git.pullrequest.created");
    BOOST_TEST(boost::json::parse(all[4].body).at("eventType") == "git.pullrequest.updated");
    BOOST_TEST(boost::json::parse(all[4].body).at("publisherInputs").at("notificationType") == "PushNotification");

    list = R"({"value":[{"id":"a","eventType":"git.push","consumerInputs":{"url":")" + hook_url
           + R"("}},{"id":"b","eventType":"git.pullrequest.created","consumerInputs":{"url":")" + hook_url + R"("}}]})";
    azure.pull_requests = false;
    run(api.register_webhook(azure));
    auto const seen = server.seen();
    BOOST_REQUIRE(seen.size() == 8U);  // the ids are known by now
    BOOST_TEST(seen[6].line() == "PUT /tfs/_apis/hooks/subscriptions/a?api-version=7.1");
    BOOST_TEST(seen[7].line() == "DELETE /tfs/_apis/hooks/subscriptions/b?api-version=7.1");
}

BOOST_AUTO_TEST_CASE(sets_statuses_at_azure_devops)
{
    scripted_server server([](seen_request const& request) {
        return request.method == "GET" ? reply{.body = R"({"id":"repo-id","project":{"id":"p"}})"} : reply{.status = 201};
    });
    git_api api(find_git_api(git_host::azure_devops, server.url("/tfs/proj/_git/app")), "pat");
    run(api.report(success));
    auto const seen = server.seen().back();
    BOOST_TEST(seen.line() == "POST /tfs/proj/_apis/git/repositories/repo-id/commits/" + commit + "/statuses?api-version=7.1");
    BOOST_TEST(boost::json::parse(seen.body)
               == boost::json::parse(R"({"state":"succeeded","description":"Run ca1","targetUrl":"http://runner/#run=ca1",
                                         "context":{"genre":"acrx","name":"web"}})"));
}

BOOST_AUTO_TEST_CASE(knows_the_sign_in_page_of_azure_devops)
{
    scripted_server server([](seen_request const&) { return reply{.status = 203, .body = "<html>"}; });
    git_api api(find_git_api(git_host::azure_devops, server.url("/tfs/proj/_git/app")), "pat");
    BOOST_CHECK_EXCEPTION(run(api.report(success)), error, [](error const& e) { return e.code() == errc::unauthorized; });
}

BOOST_AUTO_TEST_SUITE_END()
