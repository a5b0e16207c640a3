#include <acrx/core/quantities.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(core_quantities)

BOOST_AUTO_TEST_CASE(sizes_are_read_with_their_units)
{
    BOOST_TEST((parse_byte_count("0") == 0U));
    BOOST_TEST((parse_byte_count("512b") == 512U));
    BOOST_TEST((parse_byte_count("1.5kB") == 1500U));
    BOOST_TEST((parse_byte_count("2GiB") == 2147483648U));
    BOOST_TEST((parse_byte_count("10g") == 10'000'000'000U));
    for (auto const* text : {"", "x", "-1", "5 GB", "5gg", "5i", "1e30", "nan"})
        BOOST_TEST(!parse_byte_count(text), text);
}

BOOST_AUTO_TEST_CASE(durations_are_read_with_their_units)
{
    using namespace std::chrono_literals;
    BOOST_TEST((parse_time_span("90") == 90s));
    BOOST_TEST((parse_time_span("1h30m") == 90min));
    BOOST_TEST((parse_time_span("2w") == 336h));
    for (auto const* text : {"", "x", "-1", "1y", "1h30", "h", "99999999999999999999"})
        BOOST_TEST(!parse_time_span(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
