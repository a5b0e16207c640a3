#include <acrx/runner_cli/webhook_registrar.hpp>

#include <acrx/core/when_all.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

using namespace acrx;
using namespace acrx::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(runner_cli_webhook_registrar)

namespace {
/// A Gitea that remembers one webhook.
struct small_host
{
    std::string url_of_hook = {};
    unsigned refuses = 0;
    scripted_server server{[this](seen_request const& request) {
        if (refuses != 0)
            return reply{.status = refuses};
        if (request.method == "GET")
            return reply{.body = url_of_hook.empty() ? "[]" : R"([{"id":1,"config":{"url":")" + url_of_hook + R"("}}])"};
        if (request.method == "POST")
            url_of_hook = "http://runner/hooks/git/gitea?task=website&trigger=defaultSourceTriggerName";
        if (request.method == "DELETE")
            url_of_hook.clear();
        return reply{.status = 200, .body = "{}"};
    }};
    std::vector<std::string> told = {};
    std::size_t troubles = 0;

    cli::webhook_registrar registrar(std::string const& public_url, std::optional<cli::webhook_memory> memory = {})
    {
        retry_policy const retry{.tries = 2, .base = 1ms, .ceiling = 1ms, .retry_after_ceiling = 1ms};
        return cli::webhook_registrar({public_url, "secret"}, http_client(),
                                      [this](std::string const& what, bool is_trouble) {
                                          told.push_back(what);
                                          troubles += is_trouble ? 1 : 0;
                                      },
                                      std::move(memory), retry);
    }
    task_definition task() const
    {
        task_definition made;
        made.name = "website";
        auto& source = made.triggers.sources.emplace_back();
        source.host = git_host::gitea;
        source.filter.repository_url = server.url("/acme/app.git");
        source.token = "pat";
        return made;
    }
    std::vector<std::string> methods() const
    {
        std::vector<std::string> all;
        for (auto const& request : server.seen())
            all.push_back(request.method);
        return all;
    }
};
using words = std::vector<std::string>;

/// Tells a registrar of the one task there is, or was.
struct editor
{
    cli::webhook_registrar& registrar;
    known_task known = {};

    std::vector<net::awaitable<void>> save(task_definition task)
    {
        auto before = std::exchange(known, std::make_shared<task_definition const>(std::move(task)));
        return registrar.follow({.tasks = {{"website", std::move(before), known}}});
    }
    std::vector<net::awaitable<void>> remove() { return registrar.follow({.tasks = {{"website", std::exchange(known, {}), {}}}}); }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(makes_changes_and_removes_what_tasks_want, small_host)
{
    auto registrar = this->registrar("http://runner");
    auto website = task();
    editor tasks{registrar};
    run(when_all(tasks.save(website)));
    BOOST_TEST(methods() == (words{"GET", "POST"}), boost::test_tools::per_element());
    BOOST_TEST(tasks.save(website).empty());
    website.triggers.sources.front().filter.pull_requests = true;
    run(when_all(tasks.save(website)));
    run(when_all(tasks.remove()));
    BOOST_TEST(methods() == (words{"GET", "POST", "GET", "PATCH", "GET", "DELETE"}), boost::test_tools::per_element());
    BOOST_TEST(troubles == 0U);
    BOOST_TEST(told == (words{"registered the webhook of task website at Gitea, acme/app", "registered the webhook of task website at Gitea, acme/app",
                              "removed the webhook of task website at Gitea, acme/app"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(removes_at_its_start_what_no_task_wants_any_more, small_host)
{
    scratch_folder folder;
    cli::webhook_memory const memory(folder / "webhooks", secret_box(secret_key{}));
    auto const website = std::make_shared<task_definition const>(task());
    {
        auto before = registrar("http://runner", memory);
        run(when_all(before.follow({.tasks = {{"website", {}, website}}, .are_all = true})));
    }
    {
        auto again = registrar("http://runner", memory);
        run(when_all(again.follow({.tasks = {{"website", {}, website}}, .are_all = true})));
        BOOST_TEST(url_of_hook != "");
    }
    refuses = 503;
    run(when_all(registrar("http://runner", memory).follow({.are_all = true})));
    BOOST_TEST(troubles == 1U);
    refuses = 0;
    BOOST_TEST(registrar("", memory).follow({.are_all = true}).empty());
    auto now = registrar("http://runner", memory);
    BOOST_TEST(now.follow({}).empty());
    run(when_all(now.follow({.are_all = true})));
    BOOST_TEST(url_of_hook == "");
    BOOST_TEST(server.seen().back().header("authorization").ends_with("pat"));
    BOOST_TEST(now.follow({.are_all = true}).empty());
}

BOOST_FIXTURE_TEST_CASE(tells_once_of_what_another_key_sealed_and_leaves_it, small_host)
{
    scratch_folder folder;
    cli::webhook_memory const memory(folder / "webhooks", secret_box(secret_key{}));
    auto const website = std::make_shared<task_definition const>(task());
    run(when_all(registrar("http://runner", memory).follow({.tasks = {{"website", {}, website}}, .are_all = true})));
    told.clear();
    secret_key other{};
    other[0] = std::byte{1};
    auto wrong = registrar("http://runner", cli::webhook_memory(folder / "webhooks", secret_box(other)));
    BOOST_TEST(wrong.follow({.are_all = true}).empty());
    BOOST_TEST(wrong.follow({.are_all = true}).empty());
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST(troubles == 1U);
    BOOST_TEST(told.front().find("1 of the webhooks that were registered") == 0U);
    run(when_all(registrar("http://runner", memory).follow({.are_all = true})));
    BOOST_TEST(url_of_hook == "");
}

BOOST_FIXTURE_TEST_CASE(keeps_changes_of_one_webhook_in_order, small_host)
{
    auto registrar = this->registrar("http://runner");
    std::vector<net::awaitable<void>> all;
    auto const add = [&](std::vector<net::awaitable<void>> work) {
        for (auto& each : work)
            all.push_back(std::move(each));
    };
    auto website = task();
    editor tasks{registrar};
    add(tasks.save(website));
    add(tasks.remove());
    website.triggers.sources.front().filter.pull_requests = true;
    add(tasks.save(website));
    run(when_all(std::move(all)));
    BOOST_TEST(url_of_hook != "");
    BOOST_TEST(server.seen().back().body.find("pull_request") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(tells_once_that_hosts_cannot_reach_it, small_host)
{
    auto registrar = this->registrar("");
    editor tasks{registrar};
    BOOST_TEST(tasks.remove().empty());
    BOOST_TEST(told.empty());
    BOOST_TEST(tasks.save(task()).empty());
    auto other = task();
    other.triggers.sources.front().token = "other";
    BOOST_TEST(tasks.save(other).empty());
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST(told.front().find("--public-url") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(tells_what_goes_wrong_and_throws_nothing, small_host)
{
    refuses = 401;
    auto registrar = this->registrar("http://runner");
    editor tasks{registrar};
    run(when_all(tasks.save(task())));
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST(troubles == 1U);
    BOOST_TEST(told.front().find("token") != std::string::npos);
    auto unknown = task();
    unknown.triggers.sources.front().host = git_host::automatic;
    auto const left = tasks.save(unknown).size();
    BOOST_TEST(left == 1U);  // the removal of the one that was to be
    BOOST_TEST(told.back().find("no webhook is registered: task website") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
