#include <acrx/identity/anonymous.hpp>

#include <identity/temporary_home.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_anonymous)

BOOST_AUTO_TEST_CASE(has_nothing_for_anyone)
{
    anonymous provider;
    BOOST_TEST(identity_tests::find(provider, "docker.io").is_anonymous());
}

BOOST_AUTO_TEST_SUITE_END()
