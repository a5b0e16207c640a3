#include <acrx/http/message.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(http_message)

BOOST_AUTO_TEST_CASE(header_names_ignore_case)
{
    http_headers headers;
    headers.add("Link", "a");
    headers.add("LINK", "b");
    BOOST_TEST(headers.get("link") == "a");
    BOOST_TEST(headers.all("lInK").size() == 2U);
    headers.set("link", "c");
    BOOST_TEST(headers.all("Link").size() == 1U);
    headers.erase("LINK");
    BOOST_TEST(!headers.has("Link"));
    BOOST_TEST(headers.get("Link").empty());
}

BOOST_AUTO_TEST_CASE(a_value_cannot_smuggle_in_another_field)
{
    http_headers headers;
    BOOST_CHECK_THROW(headers.add("X", "a\r\nAuthorization: b"), error);
    BOOST_CHECK_THROW(headers.set("X\n", "a"), error);
    BOOST_CHECK_THROW(headers.set("", "a"), error);
}

BOOST_AUTO_TEST_SUITE_END()
