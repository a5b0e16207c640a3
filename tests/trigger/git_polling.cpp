#include <acrx/trigger/git_polling.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <support/run.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(trigger_git_polling)

namespace {
/// Tells what the test says; throws while `is_down`.
struct scripted_lister
{
    struct shared
    {
        git_refs refs{"main", {}};
        bool is_down = false;
        int looks = 0;
    };
    std::shared_ptr<shared> state = std::make_shared<shared>();

    net::awaitable<git_refs> list(std::string, std::string)
    {
        ++state->looks;
        if (state->is_down)
            throw error(errc::unavailable, "asking");
        co_return state->refs;
    }
};

std::string id(char c)
{
    return std::string(40, c);
}

struct fixture
{
    scripted_lister lister;
    manual_clock clock{parse_rfc3339("2026-01-01T00:00:00Z")};
    std::vector<std::string> failures;
    git_polling<scripted_lister, manual_clock> source{
        lister, clock, 60s, [this](std::string const& url, std::string const&) { failures.push_back(url); }};

    git_push next()
    {
        auto const event = run(source.next());
        BOOST_TEST(event->provider == polling_provider);
        run(source.acknowledge());
        return std::get<git_push>(event->what);
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(tells_a_branch_that_moved_and_where_it_stood, fixture)
{
    lister.state->refs.branches = {{"main", id('a')}, {"other", id('a')}};
    source.watch("website", {{.url = "https://u:p@example.com/r.git"}});
    auto const first = next();
    BOOST_TEST(first.commit == first.before);
    BOOST_TEST(first.repository_url == "https://example.com/r.git");
    lister.state->refs.branches = {{"main", id('b')}, {"other", id('b')}};
    clock.advance(60s);
    auto const moved = next();
    BOOST_TEST(moved.branch == "main");
    BOOST_TEST(moved.commit == id('b'));
    BOOST_TEST(moved.before == id('a'));
    BOOST_TEST(moved.default_branch == "main");
}

BOOST_FIXTURE_TEST_CASE(goes_on_from_what_is_known_and_tells_new_branches, fixture)
{
    lister.state->refs.branches = {{"rel/1", id('b')}, {"rel/2", id('c')}, {"main", id('d')}};
    source.watch("website", {{.url = "https://example.com/r.git", .branches = {"rel/*"}, .known = {{"rel/1", id('a')}}}});
    BOOST_TEST(next().before == id('a'));
    auto const made = next();
    BOOST_TEST(made.branch == "rel/2");
    BOOST_TEST(made.before == "");
}

BOOST_FIXTURE_TEST_CASE(gives_an_event_again_until_it_is_acknowledged, fixture)
{
    lister.state->refs.branches = {{"main", id('a')}};
    source.watch("website", {{.url = "https://example.com/r.git"}});
    auto const first = run(source.next());
    BOOST_CHECK(run(source.next()) == first);
    BOOST_TEST(lister.state->looks == 1);
}

BOOST_FIXTURE_TEST_CASE(asks_once_for_tasks_on_one_repository, fixture)
{
    lister.state->refs.branches = {{"main", id('a')}, {"dev", id('b')}};
    source.watch("website", {{.url = "https://example.com/r.git", .branches = {"dev"}}, {.url = "https://EXAMPLE.com/r", .branches = {"main"}}});
    next();
    next();
    BOOST_TEST(lister.state->looks == 1);
}

BOOST_FIXTURE_TEST_CASE(leaves_a_server_that_is_down_alone_ever_longer, fixture)
{
    lister.state->is_down = true;
    source.watch("website", {{.url = "https://u:p@example.com/r.git"}});
    auto const hour = [&]() -> net::awaitable<void> {
        auto event = co_await source.next();
        (void) event;
    };
    net::io_context host;
    auto waiting = net::co_spawn(host, hour(), net::use_future);
    for (int minute = 0; minute < 60; ++minute) {
        source.wake();
        host.restart();
        host.poll();
        clock.advance(1min);
    }
    BOOST_TEST(lister.state->looks == 5);  // after 0, 2, 6, 14 and 30 minutes
    BOOST_TEST(failures.front() == "https://example.com/r.git");
    lister.state->is_down = false;
    lister.state->refs.branches = {{"main", id('a')}};
    clock.advance(1h);
    source.wake();
    host.restart();
    host.run();
    waiting.get();
}

BOOST_AUTO_TEST_SUITE_END()
