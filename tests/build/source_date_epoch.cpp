#include <acrx/build/source_date_epoch.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_source_date_epoch)

std::optional<time_point> in_file(std::string const& text)
{
    return source_date_epoch_of(dockerfile::parse_file(text));
}

BOOST_AUTO_TEST_CASE(is_a_number_of_seconds)
{
    BOOST_CHECK(parse_source_date_epoch("0") == time_point{});
    BOOST_CHECK(parse_source_date_epoch("1700000000") == time_point(std::chrono::seconds(1'700'000'000)));
    BOOST_TEST(!parse_source_date_epoch("").has_value());
    BOOST_TEST(!parse_source_date_epoch("context").has_value());
    for (auto const* bad : {"-1", "now", "1.5", "1 ", "99999999999999"})
        BOOST_CHECK_THROW(parse_source_date_epoch(bad), error);
}
BOOST_AUTO_TEST_CASE(may_stand_before_the_first_stage)
{
    BOOST_CHECK(in_file("ARG A=1\nARG SOURCE_DATE_EPOCH=5\nFROM scratch\n") == time_point(std::chrono::seconds(5)));
    BOOST_CHECK(in_file("ARG SOURCE_DATE_EPOCH=\"5\"\nFROM scratch\n") == time_point(std::chrono::seconds(5)));
    BOOST_TEST(!in_file("ARG SOURCE_DATE_EPOCH\nFROM scratch\n").has_value());
    BOOST_TEST(!in_file("FROM scratch\nARG SOURCE_DATE_EPOCH=5\n").has_value());
    BOOST_CHECK_THROW(in_file("ARG SOURCE_DATE_EPOCH=x\nFROM scratch\n"), dockerfile::parse_error);
}

BOOST_AUTO_TEST_SUITE_END()
