#include <acrx/runner_cli/commit_reporter.hpp>

#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace acrx;
using namespace acrx::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(runner_cli_commit_reporter)

namespace {
run_record run_of(run_status status)
{
    run_record record;
    record.id = "ca7";
    record.task = "website";
    record.status = status;
    git_push push;
    push.commit = std::string(40, 'a');
    record.cause.event.what = push;
    record.cause.trigger = "pushes";
    return record;
}

task_definition task_at(std::string const& url, std::string const& token = "pat")
{
    task_definition task;
    task.name = "website";
    auto& source = task.triggers.sources.emplace_back();
    source.name = "pushes";
    source.host = git_host::gitea;
    source.filter.repository_url = url;
    source.token = token;
    return task;
}

retry_policy const quick{.tries = 3, .base = 5ms, .ceiling = 5ms, .retry_after_ceiling = 5ms};
}  // namespace

BOOST_AUTO_TEST_CASE(a_run_gives_its_commit_a_status)
{
    for (auto const& [status, state] : {std::pair(run_status::running, commit_state::pending), std::pair(run_status::succeeded, commit_state::success),
                                        std::pair(run_status::failed, commit_state::failure), std::pair(run_status::error, commit_state::failure),
                                        std::pair(run_status::timeout, commit_state::failure), std::pair(run_status::canceled, commit_state::failure)}) {
        auto const made = cli::status_of_commit(run_of(status), "https://runner.example.com/");
        BOOST_REQUIRE(made);
        BOOST_CHECK(made->state == state);
        BOOST_TEST(made->commit == std::string(40, 'a'));
        BOOST_TEST(made->context == "website");
        BOOST_TEST(made->target_url == "https://runner.example.com/#/runs/ca7");
        BOOST_TEST(made->description == "Run ca7: " + std::string(to_string(status)));
    }
    auto pull = run_of(run_status::running);
    pull_request request;
    request.commit = "feed";
    pull.cause.event.what = request;
    BOOST_TEST(cli::status_of_commit(pull, "")->commit == "feed");
}

BOOST_AUTO_TEST_CASE(other_runs_give_none)
{
    auto timer = run_of(run_status::running);
    timer.cause.event.what = timer_tick{};
    BOOST_TEST(!cli::status_of_commit(timer, ""));
    auto quick_run = run_of(run_status::running);
    quick_run.task.clear();
    BOOST_TEST(!cli::status_of_commit(quick_run, ""));
}

BOOST_AUTO_TEST_CASE(sends_statuses_in_their_order)
{
    int refusals = 2;
    std::vector<std::string> states;
    scripted_server server([&](seen_request const& request) {
        if (refusals-- > 0)
            return reply{.status = 502};
        states.emplace_back(boost::json::parse(request.body).at("state").as_string());
        return reply{.status = 201};
    });
    cli::commit_reporter reporter("http://runner", http_client(), quick);
    auto const task = task_at(server.url("/acme/app.git"));
    std::vector<net::awaitable<void>> both;
    both.push_back(reporter.report(run_of(run_status::running), task));
    both.push_back(reporter.report(run_of(run_status::succeeded), task));
    run(when_all(std::move(both)));
    BOOST_TEST(states == (std::vector<std::string>{"pending", "success"}), boost::test_tools::per_element());
    BOOST_TEST(server.seen().front().header("authorization") == "token pat");
}

BOOST_AUTO_TEST_CASE(is_silent_without_a_token_or_an_api)
{
    scripted_server server([](seen_request const&) { return reply{.status = 201}; });
    cli::commit_reporter reporter("http://runner", http_client(), quick);
    run(reporter.report(run_of(run_status::running), task_at(server.url("/acme/app.git"), "")));
    auto unknown = task_at("https://git.example.com/acme/app.git");
    unknown.triggers.sources.front().host = git_host::automatic;
    run(reporter.report(run_of(run_status::running), unknown));
    auto renamed = task_at(server.url("/acme/app.git"));
    renamed.triggers.sources.front().name = "other";
    run(reporter.report(run_of(run_status::running), renamed));
    BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_CASE(says_why_the_host_does_not_take_it)
{
    scripted_server server([](seen_request const&) { return reply{.status = 403, .body = R"({"message":"read only"})"}; });
    cli::commit_reporter reporter("http://runner", http_client(), quick);
    BOOST_CHECK_EXCEPTION(run(reporter.report(run_of(run_status::running), task_at(server.url("/acme/app.git")))), error, [](error const& e) {
        return e.code() == errc::denied && e.text().find("read only") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
