#include <acrx/core/secret_text.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(core_secret_text)
BOOST_AUTO_TEST_CASE(makes_secrets_that_differ)
{
    auto const one = make_secret();
    BOOST_TEST(one.size() == 64U);
    BOOST_TEST(one.find_first_not_of("0123456789abcdef") == one.npos);
    BOOST_TEST(one != make_secret());
}

BOOST_AUTO_TEST_CASE(compares_whole_texts_and_no_empty_ones)
{
    BOOST_TEST(is_equal_secret("ab", "ab"));
    BOOST_TEST(!is_equal_secret("ab", "aB"));
    BOOST_TEST(!is_equal_secret("ab", "abc"));
    BOOST_TEST(!is_equal_secret("", ""));
}
BOOST_AUTO_TEST_SUITE_END()
