#include <acrx/trigger/glob.hpp>

#include <support/test_data.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_glob)

BOOST_AUTO_TEST_CASE(fits_what_the_table_says)
{
    std::ifstream in(testing::data_path("trigger/data/globs.txt"));
    std::size_t rows = 0;
    for (std::string line; std::getline(in, line); ++rows) {
        auto const first = line.find(" | ");
        auto const second = line.rfind(" | ");
        auto const text = second > first + 3 ? line.substr(first + 3, second - first - 3) : std::string{};
        BOOST_TEST(fits_glob(line.substr(0, first), text) == line.ends_with("yes"), line);
    }
    BOOST_TEST(rows > 20U);
}

BOOST_AUTO_TEST_CASE(the_last_pattern_of_a_list_that_fits_decides)
{
    std::vector<std::string> const list = {"release/**", "!release/old/**", "release/old/kept"};
    BOOST_TEST(fits_globs(list, "release/1"));
    BOOST_TEST(!fits_globs(list, "release/old/1"));
    BOOST_TEST(fits_globs(list, "release/old/kept"));
    BOOST_TEST(!fits_globs(list, "main"));
    BOOST_TEST(fits_globs({"!docs/**"}, "src/a"));
    BOOST_TEST(!fits_globs({"!docs/**"}, "docs/a"));
    BOOST_TEST(!fits_globs({}, "main"));
}

BOOST_AUTO_TEST_SUITE_END()
