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
BOOST_AUTO_TEST_CASE(durations_are_shown)
{
    using namespace std::chrono_literals;
    BOOST_TEST(cli::to_duration_text(500ms) == "0.5s");
    BOOST_TEST(cli::to_duration_text(192s) == "3m12s");
    BOOST_TEST(cli::to_duration_text(7500s) == "2h05m");
    BOOST_TEST(cli::to_duration_text(-1s) == "0.0s");
}
BOOST_AUTO_TEST_CASE(what_is_no_quantity_is_a_mistake_on_the_command_line)
{
    BOOST_TEST(cli::parse_size("1.5kB") == 1500U);
    BOOST_CHECK_THROW(cli::parse_size("5 GB"), cli::usage_error);
    BOOST_TEST(cli::parse_duration("90").count() == 90);
    BOOST_CHECK_THROW(cli::parse_duration("1y"), cli::usage_error);
}
BOOST_AUTO_TEST_SUITE_END()
