#include <acrx/core/ascii.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(core_ascii)

BOOST_AUTO_TEST_CASE(makes_letters_small_and_nothing_else)
{
    BOOST_TEST(acrx::ascii_lower("AbZ[@`{0\xc3\x84") == "abz[@`{0\xc3\x84");
}

BOOST_AUTO_TEST_SUITE_END()
