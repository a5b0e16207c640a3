#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/quantities.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_quantities)
BOOST_AUTO_TEST_CASE(sizes_are_shown_in_three_digits)
{
    BOOST_TEST(cli::to_size_text(0) == "0B");
    BOOST_TEST(cli::to_size_text(999) == "999B");
    BOOST_TEST(cli::to_size_text(1500) == "1.5kB");
    BOOST_TEST(cli::to_size_text(999'999) == "1.0MB");
    BOOST_TEST(cli::to_size_text(123'456'789) == "123MB");
    BOOST_TEST(cli::to_size_text(UINT64_MAX) == "18.4EB");
}
BOOST_AUTO_TEST_CASE(sizes_are_read_with_their_units)
{
    BOOST_TEST(cli::parse_size("0") == 0U);
    BOOST_TEST(cli::parse_size("512b") == 512U);
    BOOST_TEST(cli::parse_size("1.5kB") == 1500U);
    BOOST_TEST(cli::parse_size("2GiB") == 2147483648U);
    BOOST_TEST(cli::parse_size("10g") == 10'000'000'000U);
    for (auto const* text : {"", "x", "-1", "5 GB", "5gg", "5i", "1e30", "nan"})
        BOOST_CHECK_THROW(cli::parse_size(text), cli::usage_error);
}
BOOST_AUTO_TEST_CASE(durations_are_shown_and_read)
{
    using namespace std::chrono_literals;
    BOOST_TEST(cli::to_duration_text(500ms) == "0.5s");
    BOOST_TEST(cli::to_duration_text(192s) == "3m12s");
    BOOST_TEST(cli::to_duration_text(7500s) == "2h05m");
    BOOST_TEST(cli::to_duration_text(-1s) == "0.0s");
    BOOST_TEST(cli::parse_duration("90").count() == 90);
    BOOST_TEST(cli::parse_duration("1h30m").count() == 5400);
    BOOST_TEST(cli::parse_duration("2w").count() == 1209600);
    for (auto const* text : {"", "x", "-1", "1y", "1h30", "h", "99999999999999999999"})
        BOOST_CHECK_THROW(cli::parse_duration(text), cli::usage_error);
}
BOOST_AUTO_TEST_SUITE_END()
