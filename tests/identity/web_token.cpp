#include <acrx/identity/web_token.hpp>

#include <acrx/core/base64.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_web_token)
namespace {
/// As directories write it: without padding, in the alphabet of URLs.
std::string token_of(std::string const& claims)
{
    auto text = to_base64(claims);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    while (text.ends_with('='))
        text.pop_back();
    return "e30." + text + ".signature";
}
}  // namespace

BOOST_AUTO_TEST_CASE(tells_whose_it_is_and_when_it_ends)
{
    auto const one = read_web_token(token_of(R"({"appid":"c-1","azp":"other","exp":1772366400,"x":"?>~"})"));
    BOOST_TEST(one.client_id == "c-1");
    BOOST_REQUIRE(one.expires);
    BOOST_TEST(to_rfc3339(*one.expires) == "2026-03-01T12:00:00Z");
    BOOST_TEST(read_web_token(token_of(R"({"azp":"c-2"})")).client_id == "c-2");
    BOOST_CHECK(read_web_token(token_of(R"({"exp":9223372036854775807})")).expires > one.expires);
}

BOOST_AUTO_TEST_CASE(other_texts_tell_nothing)
{
    for (auto const& text : {std::string(), std::string("opaque"), std::string("a.b"), std::string("a.!.c"), token_of("[1]"), token_of("{"),
                             token_of(R"({"appid":7,"exp":-1})"), token_of(R"({"exp":"soon"})")}) {
        auto const claims = read_web_token(text);
        BOOST_TEST(claims.client_id == "", text);
        BOOST_CHECK(!claims.expires);
    }
}
BOOST_AUTO_TEST_SUITE_END()
