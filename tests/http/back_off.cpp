#include <acrx/http/back_off.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(http_back_off)

BOOST_AUTO_TEST_CASE(pauses_grow_to_a_ceiling_and_end)
{
    back_off patience({.tries = 5, .base = 100ms, .ceiling = 300ms, .retry_after_ceiling = 1000ms});
    for (auto longest : {100ms, 200ms, 300ms, 300ms}) {
        auto const pause = patience.next();
        BOOST_REQUIRE(pause);
        BOOST_TEST((*pause >= longest / 2 && *pause <= longest));
    }
    BOOST_TEST(!patience.next());
    patience.reset();
    BOOST_TEST(patience.next().has_value());
}

BOOST_AUTO_TEST_CASE(the_server_is_obeyed_up_to_a_ceiling)
{
    back_off patience({.tries = 5, .base = 100ms, .ceiling = 300ms, .retry_after_ceiling = 5000ms});
    BOOST_TEST((patience.next(3s) == 3000ms));
    BOOST_TEST((patience.next(3600s) == 5000ms));
}

BOOST_AUTO_TEST_CASE(retry_after_is_seconds_or_a_date)
{
    auto const now = parse_rfc3339("1994-11-06T08:49:00Z");
    BOOST_TEST((parse_retry_after("120", now) == 120s));
    BOOST_TEST((parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == 37s));
    BOOST_TEST((parse_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now) == 0s));
    for (auto const* text : {"", "-1", "soon", "1.5", "Sun, 06 Xxx 1994 08:49:37 GMT"})
        BOOST_TEST(!parse_retry_after(text, now));
}

BOOST_AUTO_TEST_SUITE_END()
