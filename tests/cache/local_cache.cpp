#include <acrx/cache/local_cache.hpp>

#include <acrx/cache/any_cache.hpp>
#include <acrx/cache/no_cache.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(cache_local_cache)

struct folder_of_cache
{
    folder_of_cache() { std::filesystem::create_directories(path.parent_path()); }
    ~folder_of_cache() { std::filesystem::remove_all(path); }
    std::filesystem::path path = temporary_name(std::filesystem::temp_directory_path(), "acrx-cache-test");
};

template<class T>
T await(net::awaitable<T> operation)
{
    net::io_context host;
    auto result = net::co_spawn(host, std::move(operation), net::use_future);
    host.run();
    return result.get();
}

cached_step sample()
{
    cached_step step;
    step.layer.diff_id = digest_of("a");
    step.layer.blob = {.media_type = "m", .digest = digest_of("b"), .size = 7, .urls = {}, .annotations = {},
                       .artifact_type = {}, .platform = {}};
    step.created = parse_rfc3339("2026-01-02T03:04:05.000000006Z");
    return step;
}

BOOST_FIXTURE_TEST_CASE(finds_what_was_stored, folder_of_cache)
{
    local_cache cache(path);
    BOOST_CHECK(!await(cache.find(digest_of("k"))));
    await(cache.store(digest_of("k"), sample()));
    auto const found = await(local_cache(path).find(digest_of("k")));
    BOOST_REQUIRE(found);
    BOOST_CHECK(*found == sample());
    BOOST_CHECK(!await(cache.find(digest_of("other"))));
}

BOOST_FIXTURE_TEST_CASE(keeps_the_time_of_the_first_of_equal_layers, folder_of_cache)
{
    local_cache cache(path);
    await(cache.store(digest_of("k"), sample()));
    auto later = sample();
    later.created += std::chrono::seconds(1);
    await(cache.store(digest_of("k"), later));
    BOOST_CHECK(*await(cache.find(digest_of("k"))) == sample());
    later.layer.diff_id = digest_of("another layer");
    await(cache.store(digest_of("k"), later));
    BOOST_CHECK(*await(cache.find(digest_of("k"))) == later);
}

BOOST_FIXTURE_TEST_CASE(takes_a_damaged_entry_for_a_miss, folder_of_cache)
{
    local_cache cache(path);
    await(cache.store(digest_of("k"), sample()));
    for (auto const& file : std::filesystem::recursive_directory_iterator(path))
        if (file.is_regular_file())
            for (auto text : {"", "{", "[]", "{\"version\":2}", "{\"version\":1,\"diffId\":3}"}) {
                std::ofstream(file.path()) << text;
                BOOST_CHECK(!await(cache.find(digest_of("k"))));
            }
}

BOOST_FIXTURE_TEST_CASE(remembers_nothing_when_told_so, folder_of_cache)
{
    any_cache<local_cache, no_cache> cache{no_cache{}};
    await(cache.store(digest_of("k"), sample()));
    BOOST_CHECK(!await(cache.find(digest_of("k"))));
}

BOOST_FIXTURE_TEST_CASE(keeps_where_a_layer_can_be_had, folder_of_cache)
{
    local_cache cache(path);
    auto step = sample();
    step.origin = parse_reference("registry.example:5000/team/app");
    await(cache.store(digest_of("k"), step));
    BOOST_TEST((await(cache.find(digest_of("k"))) == step));
}

BOOST_AUTO_TEST_SUITE_END()
