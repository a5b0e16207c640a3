#include <acrx/trigger/base_image_polling.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <support/archetypes/image_resolver.hpp>
#include <support/run.hpp>

#include <map>
#include <memory>
#include <string>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(trigger_base_image_polling)

namespace {
/// Tells digests.
struct digests_alone
{
    struct shared
    {
        std::map<std::string, std::string> content;
        bool is_down = false;
        int asked = 0;
    };
    std::shared_ptr<shared> state = std::make_shared<shared>();

    net::awaitable<std::optional<descriptor>> resolve(reference const& ref)
    {
        ++state->asked;
        if (state->is_down)
            throw error(errc::unavailable, "asking");
        descriptor found;
        found.digest = digest_of(state->content[to_string(ref)]);
        co_return found;
    }
};

struct fixture
{
    digests_alone registry;
    manual_clock clock{parse_rfc3339("2026-01-01T00:00:00Z")};
    int failures = 0;
    base_image_polling<digests_alone, manual_clock> source{registry, clock, poll_plan{},
                                                           [this](std::string const&, std::string const&) { ++failures; }};

    updated_image next()
    {
        auto const event = run(source.next());
        run(source.acknowledge());
        return std::get<image_update>(event->what).images.at(0);
    }
};

static_assert(trigger_source<base_image_polling<acrx::testing::image_resolver_archetype, system_clock>>);
}  // namespace

BOOST_FIXTURE_TEST_CASE(tells_a_digest_first_and_when_it_changes, fixture)
{
    registry.state->content["docker.io/library/alpine:3.20"] = "one";
    source.watch("docker.io/library/alpine:3.20");
    clock.advance(10min);
    auto const first = next();
    BOOST_TEST(first.registry == "docker.io");
    BOOST_TEST(first.repository == "library/alpine");
    BOOST_TEST(first.tag == "3.20");
    BOOST_TEST(first.digest.str() == digest_of("one").str());
    registry.state->content["docker.io/library/alpine:3.20"] = "two";
    clock.advance(1h);
    BOOST_TEST(next().digest.str() == digest_of("two").str());
    BOOST_TEST(registry.state->asked == 2);
}

BOOST_FIXTURE_TEST_CASE(gives_an_event_again_until_it_is_acknowledged, fixture)
{
    source.watch("docker.io/library/alpine:3.20");
    clock.advance(10min);
    auto const event = run(source.next());
    BOOST_CHECK(run(source.next()) == event);
    BOOST_TEST(registry.state->asked == 1);
}

BOOST_FIXTURE_TEST_CASE(a_registry_that_is_down_for_an_hour_loses_nothing, fixture)
{
    registry.state->is_down = true;
    source.watch("r.example/base:1");
    auto const wait = [&]() -> net::awaitable<updated_image> {
        auto event = co_await source.next();
        co_return std::get<image_update>(event->what).images.at(0);
    };
    net::io_context host;
    auto waiting = net::co_spawn(host, wait(), net::use_future);
    auto const minutes = [&](int count) {
        for (int minute = 0; minute < count; ++minute) {
            clock.advance(1min);
            source.wake();
            host.restart();
            host.poll();
        }
    };
    minutes(60);
    BOOST_TEST(failures > 2);
    BOOST_TEST(failures < 12);
    registry.state->is_down = false;
    minutes(120);
    BOOST_REQUIRE(waiting.wait_for(0s) == std::future_status::ready);
    BOOST_TEST(waiting.get().repository == "base");
}

BOOST_AUTO_TEST_SUITE_END()
