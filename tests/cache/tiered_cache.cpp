#include <acrx/cache/tiered_cache.hpp>

#include <acrx/cache/borrowed_cache.hpp>
#include <acrx/cache/no_cache.hpp>
#include <acrx/cache/recording_cache.hpp>
#include <acrx/core/error.hpp>
#include <support/archetypes/layer_cache.hpp>
#include <support/run.hpp>

#include <boost/test/unit_test.hpp>

#include <map>

namespace acrx {
static_assert(layer_cache<basic_tiered_cache<testing::layer_cache_archetype, testing::layer_cache_archetype>>);
static_assert(layer_cache<basic_tiered_cache<no_cache, no_cache>>);
static_assert(layer_cache<basic_recording_cache<no_cache>>);
static_assert(layer_cache<borrowed_cache<testing::layer_cache_archetype>>);
}  // namespace acrx

using namespace acrx;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(cache_tiered_cache)

struct map_cache
{
    std::map<digest, cached_step> entries;
    int asked = 0;

    net::awaitable<std::optional<cached_step>> find(digest key)
    {
        ++asked;
        auto const found = entries.find(key);
        co_return found == entries.end() ? std::nullopt : std::optional(found->second);
    }
    net::awaitable<void> store(digest key, cached_step step)
    {
        entries.insert_or_assign(std::move(key), std::move(step));
        co_return;
    }
};

using tiers = basic_tiered_cache<map_cache, map_cache>;

cached_step step_of(std::string const& text)
{
    cached_step step;
    step.layer.blob.digest = digest_of(text);
    return step;
}

BOOST_AUTO_TEST_CASE(asks_the_slow_one_for_what_the_fast_one_has_not)
{
    tiers cache{map_cache{}, map_cache{}};
    cache.slow().entries[digest_of("k")] = step_of("s");
    BOOST_TEST((run(cache.find(digest_of("k"))) == step_of("s")));
    BOOST_TEST((cache.fast().entries.at(digest_of("k")) == step_of("s")));
    BOOST_TEST((run(cache.find(digest_of("k"))) == step_of("s")));
    BOOST_TEST(cache.slow().asked == 1);
    BOOST_TEST(!run(cache.find(digest_of("other"))).has_value());
}

BOOST_AUTO_TEST_CASE(stores_in_both)
{
    tiers cache{map_cache{}, map_cache{}};
    run(cache.store(digest_of("k"), step_of("s")));
    BOOST_TEST(cache.fast().entries.size() == 1U);
    BOOST_TEST(cache.slow().entries.size() == 1U);
}

BOOST_AUTO_TEST_CASE(passes_over_what_is_of_no_use)
{
    tiers cache{map_cache{}, map_cache{}, [](cached_step const& step) { return step != step_of("gone"); }};
    cache.fast().entries[digest_of("k")] = step_of("gone");
    BOOST_TEST(!run(cache.find(digest_of("k"))).has_value());
    cache.slow().entries[digest_of("k")] = step_of("s");
    BOOST_TEST((run(cache.find(digest_of("k"))) == step_of("s")));
    cache.slow().entries[digest_of("l")] = step_of("gone");
    BOOST_TEST(!run(cache.find(digest_of("l"))).has_value());
    BOOST_TEST(!cache.fast().entries.contains(digest_of("l")));
}

BOOST_AUTO_TEST_CASE(records_what_was_found_and_stored)
{
    map_cache kept;
    kept.entries[digest_of("k")] = step_of("s");
    basic_recording_cache<borrowed_cache<map_cache>> cache{borrowed_cache<map_cache>(kept)};
    run(cache.find(digest_of("k")));
    run(cache.find(digest_of("missing")));
    run(cache.store(digest_of("l"), step_of("t")));
    auto const recorded = cache.recorded();
    BOOST_TEST(recorded.size() == 2U);
    BOOST_TEST(kept.entries.size() == 2U);
}

/// Takes nothing while it is down.
struct moody_cache : map_cache
{
    bool is_down = false;
    int stored = 0;
    net::awaitable<void> store(digest key, cached_step step)
    {
        if (is_down)
            throw error(errc::unavailable, "storing");
        ++stored;
        co_await map_cache::store(std::move(key), std::move(step));
    }
};

BOOST_AUTO_TEST_CASE(writes_back_once_and_when_it_is_told_to)
{
    basic_tiered_cache cache{map_cache{}, moody_cache{}, {}, write_back{}};
    static_assert(layer_cache<decltype(cache)>);
    for (auto const* text : {"1", "2"})
        run(cache.store(digest_of("k"), step_of(text)));
    run(cache.store(digest_of("l"), step_of("3")));
    BOOST_TEST((run(cache.find(digest_of("k"))) == step_of("2")));
    BOOST_TEST(cache.slow().stored == 0);
    BOOST_TEST(cache.pending() == 2U);
    cache.slow().is_down = true;
    BOOST_CHECK_THROW(run(cache.flush()), error);
    BOOST_TEST(cache.pending() == 2U);
    cache.slow().is_down = false;
    BOOST_TEST(run(cache.flush()) == 2U);
    BOOST_TEST(cache.slow().stored == 2);
    BOOST_TEST((cache.slow().entries.at(digest_of("k")) == step_of("2")));
    BOOST_TEST(run(cache.flush()) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
