#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::dockerfile;

BOOST_AUTO_TEST_SUITE(dockerfile_parse_error)

BOOST_AUTO_TEST_CASE(keeps_text_place_and_advice_apart)
{
    parse_error const e(acrx::errc::not_supported, {}, "RUN --security=insecure", "Leave it out.");
    auto const placed = e.at({3, 4, 5});
    BOOST_CHECK(placed.where() == (source_span{3, 4, 5}));
    BOOST_CHECK_EQUAL(placed.text(), "RUN --security=insecure");
    BOOST_CHECK_EQUAL(placed.advice(), "Leave it out.");
    BOOST_CHECK(placed.code() == acrx::errc::not_supported);
    BOOST_CHECK_EQUAL(e.where().first_line, 0);
}

BOOST_AUTO_TEST_CASE(shows_the_lines_around_the_place)
{
    BOOST_CHECK_EQUAL(render_snippet("d/Dockerfile", "FROM a\nRUN b \\\n  c\n\nCOPY d e\r\n", {2, 3, 5}),
                      "d/Dockerfile:2:5\n"
                      "--------------------\n"
                      "   1 |     FROM a\n"
                      "   2 | >>> RUN b \\\n"
                      "   3 | >>>   c\n"
                      "   4 |     \n"
                      "   5 |     COPY d e\n"
                      "--------------------\n");
}

BOOST_AUTO_TEST_CASE(shows_four_lines_before_and_after)
{
    std::string text;
    for (int i = 1; i <= 30; ++i)
        text += "RUN " + std::to_string(i) + "\n";
    auto const snippet = render_snippet("D", text, {15, 15, 1});
    BOOST_CHECK(snippet.find("RUN 10\n") == std::string::npos);
    BOOST_CHECK(snippet.find("  11 |     RUN 11\n") != std::string::npos);
    BOOST_CHECK(snippet.find("  15 | >>> RUN 15\n") != std::string::npos);
    BOOST_CHECK(snippet.find("  19 |     RUN 19\n") != std::string::npos);
    BOOST_CHECK(snippet.find("RUN 20\n") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(shows_the_begin_of_a_long_line)
{
    auto const snippet = render_snippet("D", "FROM a\nLABEL a=" + std::string(100'000, 'x') + "\n", {2, 2, 1});
    BOOST_CHECK(snippet.size() < 500);
    BOOST_CHECK(snippet.find("   2 | >>> LABEL a=xxx") != std::string::npos);
    BOOST_CHECK(snippet.find("... (100008 bytes)\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(copes_with_places_outside_the_file)
{
    BOOST_CHECK_EQUAL(render_snippet("D", "FROM a\n", {}), "");
    BOOST_CHECK_EQUAL(render_snippet("D", "FROM a\n", {9, 9, 1}), "D:9:1\n");
    BOOST_CHECK_EQUAL(render_lines("FROM a\n", {}), "");
    BOOST_CHECK_EQUAL(render_lines("FROM a\n", {9, 9, 1}), "");
    BOOST_CHECK(render_snippet("D", "FROM a", {1, 9, 1}).find(">>> FROM a\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
