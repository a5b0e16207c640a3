#include <acrx/dockerfile/csv.hpp>  // first: proves that the header stands alone

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(dockerfile_csv)

BOOST_AUTO_TEST_CASE(splits_at_commas_outside_of_quotes)
{
    using fields = std::vector<std::string>;
    BOOST_TEST(dockerfile::split_csv("a,b=c,,d") == (fields{"a", "b=c", "", "d"}), boost::test_tools::per_element());
    BOOST_TEST(dockerfile::split_csv("\"a,b\",\"c\"\"d\"") == (fields{"a,b", "c\"d"}), boost::test_tools::per_element());
    for (auto const* bad : {"", "\"a", "a\"b", "\"a\"b"})
        BOOST_CHECK_THROW(dockerfile::split_csv(bad), dockerfile::parse_error);
}

BOOST_AUTO_TEST_SUITE_END()
