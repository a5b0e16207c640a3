#include <acrx/registry/challenge.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(registry_challenge)

BOOST_AUTO_TEST_CASE(reads_parameters_with_and_without_quotes)
{
    auto const all = parse_challenges({R"(BEARER Realm="https://a/t?x=1,2",service=reg , scope="repository:a/b:pull,push", q="a\"b\\c")"});
    BOOST_REQUIRE(all.size() == 1U);
    BOOST_TEST(all[0].scheme == "bearer");
    BOOST_TEST(all[0].get("realm") == "https://a/t?x=1,2");
    BOOST_TEST(all[0].get("service") == "reg");
    BOOST_TEST(all[0].get("scope") == "repository:a/b:pull,push");
    BOOST_TEST(all[0].get("q") == R"(a"b\c)");
}

BOOST_AUTO_TEST_CASE(reads_several_in_one_field_and_in_many)
{
    auto const all = parse_challenges({R"(Basic realm="r", Bearer realm="https://t", service="s", Negotiate)", "Digest qop=auth"});
    BOOST_REQUIRE(all.size() == 4U);
    BOOST_TEST(all[1].get("service") == "s");
    BOOST_TEST(all[2].scheme == "negotiate");
    BOOST_TEST(all[3].get("qop") == "auth");
    BOOST_TEST(choose_challenge(all)->scheme == "bearer");
}

BOOST_AUTO_TEST_CASE(passes_over_opaque_words)
{
    auto const all = parse_challenges({R"(Negotiate YWJj==, Basic realm="r")"});
    BOOST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[1].get("realm") == "r");
}

BOOST_AUTO_TEST_CASE(prefers_bearer_only_if_it_is_complete)
{
    BOOST_TEST(choose_challenge(parse_challenges({"Bearer service=x", "Basic realm=r"}))->scheme == "basic");
    BOOST_TEST(!choose_challenge(parse_challenges({"Bearer service=x"})));
}

BOOST_AUTO_TEST_CASE(survives_what_is_malformed)
{
    for (auto const* text : {"", ",,,", "=", "\"", "Bearer realm=\"unclosed", "Bearer realm=", "Bearer =x", "\\\\", "(a) b=c", "Bearer realm=\"a\\"})
        BOOST_CHECK_NO_THROW(parse_challenges({text}));
}

BOOST_AUTO_TEST_SUITE_END()
