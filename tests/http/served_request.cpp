#include <acrx/http/served_request.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(http_served_request)
BOOST_AUTO_TEST_CASE(takes_a_target_apart)
{
    served_request request;
    request.target = "/a%20b/c?x=1%26&Y=a+b%2Bc&&flag&x=2";
    BOOST_TEST(request.path() == "/a%20b/c");
    BOOST_TEST(request.query().size() == 4u);
    BOOST_TEST(request.parameter("X").value() == "1&");
    BOOST_TEST(request.parameter("y").value() == "a b+c");
    BOOST_TEST(request.parameter("flag").value() == "");
    BOOST_TEST(!request.parameter("z"));
    request.target = "/";
    BOOST_TEST(request.query().empty());
}

BOOST_AUTO_TEST_CASE(names_statuses)
{
    BOOST_TEST(reason_phrase(404) == "Not Found");
    BOOST_TEST(reason_phrase(202) == "Accepted");
    BOOST_TEST(reason_phrase(799) == "");
}
BOOST_AUTO_TEST_SUITE_END()
