#include <acrx/server/authenticator.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(server_authenticator)
BOOST_AUTO_TEST_CASE(finds_the_bearer_token)
{
    struct row
    {
        std::string header;
        std::string token;
    };
    for (auto const& each : {row{"Bearer abc", "abc"}, row{"bearer   abc ", "abc"}, row{"Basic abc", ""}, row{"Bearer", ""},
                             row{"Bearer ", ""}, row{"Bearerabc", ""}}) {
        http_headers headers;
        headers.set("authorization", each.header);
        BOOST_TEST(bearer_token(headers) == each.token, each.header);
    }
    BOOST_TEST(bearer_token({}) == "");
}

BOOST_AUTO_TEST_CASE(roles_have_names)
{
    for (auto const r : {role::reader, role::runner, role::owner})
        BOOST_TEST((parse_role(to_string(r)) == r));
    BOOST_TEST(!parse_role("king"));
}
BOOST_AUTO_TEST_SUITE_END()
