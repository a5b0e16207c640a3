#include <acrx/replacement/replacement_names.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(replacement_replacement_names)

BOOST_AUTO_TEST_CASE(names_are_read_and_written)
{
    for (auto const* text : {"fifo", "lru", "lfu", "sieve", "s3-fifo", "gdsf", "ttl=90s", "lru,tinylfu",
                             "gdsf,tinylfu,min-seconds=2.5,max-size=1000"})
        BOOST_TEST(to_string(parse_replacement_policy(text)) == text);
    BOOST_TEST((parse_replacement_policy("ttl=2h").life == std::chrono::hours(2)));
    BOOST_TEST((parse_replacement_policy("ttl").life == std::chrono::hours(24 * 14)));
    BOOST_TEST((parse_replacement_policy("ttl=1h30m").life == std::chrono::minutes(90)));
    BOOST_TEST((parse_replacement_policy("lru,max-size=1.5GB").most_bytes == 1'500'000'000U));
    for (auto const name : eviction_names())
        BOOST_TEST(to_string(parse_replacement_policy(name)).starts_with(name));
}

BOOST_AUTO_TEST_CASE(a_word_that_is_wrong_is_named)
{
    for (auto const* bad : {"", "mru", "lru,", "lru,,tinylfu", "tinylfu", "lru,fifo", "lru=3", "ttl=", "ttl=0s", "ttl=x",
                            "lru,min-seconds", "lru,min-seconds=-1", "lru,max-size=many", "lru,max-size=1 GB", "ttl=1y", "ttl=101y", "lru,tinylfu=2", "lru tinylfu"})
        BOOST_CHECK_EXCEPTION(parse_replacement_policy(bad), error, [&](error const& e) {
            return e.code() == errc::invalid_argument && std::string(e.what()).find("'" + std::string(bad) + "'") != std::string::npos;
        });
}

BOOST_AUTO_TEST_SUITE_END()
