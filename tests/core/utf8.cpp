#include <acrx/core/utf8.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(core_utf8)

BOOST_AUTO_TEST_CASE(keeps_characters_and_replaces_all_other_bytes)
{
    struct line
    {
        std::string given;
        std::string expected;
    };
    std::string const bad = "\xef\xbf\xbd";
    for (auto const& [given, expected] : std::vector<line>{
             {"", ""},
             {std::string("a\0\x7f", 3), std::string("a\0\x7f", 3)},
             {"\xc2\x80 \xdf\xbf", "\xc2\x80 \xdf\xbf"},
             {"\xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80", "\xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80"},
             {"\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf", "\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"},
             {"a\xffz", "a" + bad + "z"},
             {"\x80", bad},
             {"\xc3", bad},                                    // cut off
             {"\xe2\x82z", bad + bad + "z"},                    // the same
             {"\xc0\x80", bad + bad},                          // longer than need be
             {"\xe0\x9f\xbf", bad + bad + bad},                // the same
             {"\xed\xa0\x80", bad + bad + bad},                // a surrogate
             {"\xf4\x90\x80\x80", bad + bad + bad + bad},      // above U+10FFFF
         })
        BOOST_TEST(as_utf8(given) == expected);
}

BOOST_AUTO_TEST_SUITE_END()
