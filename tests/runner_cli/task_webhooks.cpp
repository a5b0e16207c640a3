#include <acrx/runner_cli/task_webhooks.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace acrx::cli;

BOOST_AUTO_TEST_SUITE(runner_cli_task_webhooks)

namespace {
webhook_place const place{.public_url = "https://runner.example.com/", .shared_secret = "shared"};

task_definition task_on(std::string const& url, std::string const& token = "pat")
{
    task_definition task;
    task.name = "Web";
    auto& source = task.triggers.sources.emplace_back();
    source.filter.repository_url = url;
    source.token = token;
    return task;
}

/// How many webhooks an edit registers and removes.
std::pair<std::size_t, std::size_t> change(std::optional<task_definition> const& before, std::optional<task_definition> const& now)
{
    auto const hooks = [](std::optional<task_definition> const& task) { return task ? webhooks_of(*task, place) : task_webhooks(); };
    auto const changes = changes_between(hooks(before), hooks(now));
    return {changes.to_register.size(), changes.to_remove.size()};
}
using counts = std::pair<std::size_t, std::size_t>;
}  // namespace

BOOST_AUTO_TEST_CASE(wants_what_the_trigger_says)
{
    auto task = task_on("https://github.com/acme/app.git");
    auto& source = task.triggers.sources.front();
    source.filter.pull_requests = true;
    source.filter.tags = {"v*"};
    auto const hooks = webhooks_of(task, place);
    BOOST_REQUIRE(hooks.wanted.size() == 1U);
    auto const& hook = hooks.wanted.begin()->second;
    BOOST_TEST(hook.wish.url == "https://runner.example.com/hooks/git/github?task=web&trigger=defaultSourceTriggerName");
    BOOST_TEST(hook.wish.secret == "shared");
    BOOST_TEST((hook.wish.commits && hook.wish.tags && hook.wish.pull_requests));
    BOOST_TEST(hook.token == "pat");
    source.webhook_secret = "own";
    BOOST_TEST(webhooks_of(task, place).wanted.begin()->second.wish.secret == "own");
}

BOOST_AUTO_TEST_CASE(wants_none_without_a_token_or_for_what_is_off)
{
    auto const url = std::string("https://gitlab.com/acme/app.git");
    BOOST_TEST(webhooks_of(task_on(url, ""), place).wanted.empty());
    auto disabled = task_on(url);
    disabled.is_enabled = false;
    BOOST_TEST(webhooks_of(disabled, place).wanted.empty());
    auto off = task_on(url);
    off.triggers.sources.front().is_enabled = false;
    BOOST_TEST(webhooks_of(off, place).wanted.empty());
    auto deaf = task_on(url);
    deaf.triggers.sources.front().filter.commits = false;
    BOOST_TEST(webhooks_of(deaf, place).wanted.empty());
}

BOOST_AUTO_TEST_CASE(says_for_which_task_there_can_be_none)
{
    auto const hooks = webhooks_of(task_on("https://git.example.com/acme/app.git"), place);
    BOOST_TEST(hooks.wanted.empty());
    BOOST_REQUIRE(hooks.impossible.size() == 1U);
    BOOST_TEST(hooks.impossible.front().find("task Web: ") == 0U);
    BOOST_TEST(hooks.impossible.front().find("sourceControlType") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_edit_changes_what_is_otherwise_then)
{
    auto const a = task_on("https://github.com/acme/a.git");
    auto const b = task_on("https://github.com/acme/b.git");
    BOOST_TEST((change({}, a) == counts(1, 0)));
    BOOST_TEST((change(a, a) == counts(0, 0)));
    BOOST_TEST((change(a, {}) == counts(0, 1)));
    BOOST_TEST((change(a, b) == counts(1, 1)));
    auto other_token = a;
    other_token.triggers.sources.front().token = "new";
    BOOST_TEST((change(a, other_token) == counts(1, 0)));
    auto other_events = a;
    other_events.triggers.sources.front().filter.pull_requests = true;
    BOOST_TEST((change(a, other_events) == counts(1, 0)));
    auto disabled = a;
    disabled.is_enabled = false;
    BOOST_TEST((change(a, disabled) == counts(0, 1)));
}

BOOST_AUTO_TEST_SUITE_END()
