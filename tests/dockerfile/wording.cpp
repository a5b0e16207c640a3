#include <acrx/dockerfile/wording.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::dockerfile;

BOOST_AUTO_TEST_SUITE(dockerfile_wording)

BOOST_AUTO_TEST_CASE(makes_ascii_letters_large_and_nothing_else)
{
    BOOST_TEST(to_upper("AbC-\xc3\xa4") == "ABC-\xc3\xa4");
}

BOOST_AUTO_TEST_CASE(quotes_as_go_does)
{
    BOOST_TEST(go_quote("a \"b\"\n\\") == "\"a \\\"b\\\"\\n\\\\\"");
    BOOST_TEST(go_quote("\x01\xff\xc3\xa4") == "\"\\x01\\xff\xc3\xa4\"");
}

BOOST_AUTO_TEST_CASE(finds_the_word_that_was_meant)
{
    BOOST_TEST(closest("chwon", {"chown", "chmod"}) == "chown");
    BOOST_TEST(closest("chown", {"chown", "chmod"}) == "");
    BOOST_TEST(closest("link", {"chown", "chmod"}) == "");
    BOOST_TEST(closest("PAHT", {"PATH"}) == "PATH");
}

BOOST_AUTO_TEST_SUITE_END()
