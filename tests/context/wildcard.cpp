#include <acrx/context/wildcard.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(context_wildcard)

BOOST_AUTO_TEST_CASE(matches_as_go_does)
{
    for (auto [pattern, name] : {std::pair{"abc", "abc"}, {"*", "abc"}, {"*c", "abc"}, {"a*", "a"}, {"a*/b", "abc/b"},
                                 {"a*b*c*d*e*/f", "axbxcxdxexxx/f"}, {"a*b?c*x", "abxbbxdbxebxczzx"},
                                 {"ab[b-d]", "abc"}, {"ab[^e-g]", "abc"}, {"a\\*b", "a*b"}, {"a?b", "a☺b"}, {"a[^a]b", "a☺b"},
                                 {"[a-ζ]*", "α"}, {"[\\]a]", "]"}, {"[\\-x]", "-"}, {"*x", "xxx"}, {"**", "abc"},
                                 {"a[[]0].txt", "a[0].txt"}, {"*", ".hidden"}, {"", ""}})
        BOOST_CHECK_MESSAGE(matches(pattern, name), pattern << " should match " << name);
    for (auto [pattern, name] : {std::pair{"abc", "abcd"}, {"*", "a/b"}, {"a?b", "a/b"}, {"a*", "ab/c"}, {"**", "a/b"},
                                 {"**/b", "x/a/b"}, {"ab[^b-d]", "abc"}, {"a???b", "a☺b"}, {"*[a-ζ]", "A"},
                                 {"a*b?c*x", "abxbbxdbxebxczzy"}, {"", "a"}})
        BOOST_CHECK_MESSAGE(!matches(pattern, name), pattern << " should not match " << name);
}

BOOST_AUTO_TEST_CASE(refuses_malformed_patterns)
{
    for (auto pattern : {"[]a]", "[-]", "[x-]", "[-x]", "\\", "[a-b-c]", "[", "[^", "[^bc", "a[", "x[\\"})
        BOOST_CHECK_EXCEPTION(matches(pattern, "a"), error, [](error const& e) { return e.code() == errc::syntax; });
}

BOOST_AUTO_TEST_CASE(knows_a_pattern_when_it_sees_one)
{
    for (auto text : {"*", "a?", "[a]", "\\\\*"})
        BOOST_CHECK(has_wildcard(text));
    for (auto text : {"", "a", "\\*", "a]", "\\[a]", "\\"})
        BOOST_CHECK(!has_wildcard(text));
}

BOOST_AUTO_TEST_CASE(guides_a_walker)
{
    wildcard const w("a*/b/*.c");
    BOOST_CHECK(w.could_match_below(""));
    BOOST_CHECK(w.could_match_below("ax"));
    BOOST_CHECK(w.could_match_below("ax/b"));
    BOOST_CHECK(!w.could_match_below("ax/c"));
    BOOST_CHECK(!w.could_match_below("b"));
    BOOST_CHECK(!w.could_match_below("ax/b/x.c"));
}

BOOST_AUTO_TEST_SUITE_END()
