#include <acrx/core/clock.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(core_clock)

BOOST_AUTO_TEST_CASE(writes_and_reads_rfc3339)
{
    for (auto text : {"1970-01-01T00:00:00Z", "2026-03-01T12:34:56Z", "2026-03-01T12:34:56.789Z",
                      "1999-12-31T23:59:59.000000001Z"})
        BOOST_CHECK_EQUAL(to_rfc3339(parse_rfc3339(text)), text);
    BOOST_CHECK_EQUAL(to_rfc3339(parse_rfc3339("2026-03-01T02:00:00+02:00")), "2026-03-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_time)
{
    for (auto text : {"", "yesterday", "2026-13-01T00:00:00Z", "2026-03-01T00:00:00", "2026-03-01T00:00:00Zx"})
        BOOST_CHECK_THROW(parse_rfc3339(text), error);
}

BOOST_AUTO_TEST_CASE(stands_still_until_told)
{
    manual_clock hand;
    auto copy = hand;
    hand.advance(std::chrono::hours(1));
    BOOST_CHECK_EQUAL(to_rfc3339(copy.now()), "1970-01-01T01:00:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
