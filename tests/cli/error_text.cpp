#include <acrx/cli/error_text.hpp>

#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

#include <exception>
#include <string>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_error_text)

BOOST_AUTO_TEST_CASE(says_what_where_and_what_to_do)
{
    auto const wrong = std::make_exception_ptr(
        dockerfile::parse_error(errc::syntax, {2, 2, 1}, "unknown instruction: COPPY", "Did you mean COPY?"));
    auto const text = cli::error_text(wrong, {"Dockerfile", "FROM a\nCOPPY b c\n"});
    BOOST_TEST(text == "error: unknown instruction: COPPY\nDockerfile:2:1\n--------------------\n   1 |     FROM a\n"
                       "   2 | >>> COPPY b c\n--------------------\n  hint: Did you mean COPY?\n");
    BOOST_TEST(cli::what_failed(wrong) == "unknown instruction: COPPY");
    auto const other = std::make_exception_ptr(error(errc::not_found, "reading x", "Look elsewhere."));
    BOOST_TEST(cli::error_text(other) == "error: reading x: not found\n  hint: Look elsewhere.\n");
}
BOOST_AUTO_TEST_CASE(leaves_nothing_that_moves_a_terminal)
{
    BOOST_TEST(cli::printable("one\ttwo\nthree") == "one\ttwo\nthree");
    BOOST_TEST(cli::printable("\x1b[31mred\x1b[0m\r\n") == "red\n");
    BOOST_TEST(cli::printable("\x1b]0;title\x07") == "\xEF\xBF\xBD]0;title\xEF\xBF\xBD");
    BOOST_TEST(cli::printable("caf\xC3\xA9") == "caf\xC3\xA9");
    BOOST_TEST(cli::printable("caf\xE9!") == "caf\xEF\xBF\xBD!");
    BOOST_TEST(cli::printable("cut \x1b[31") == "cut ");
    auto const raw = std::make_exception_ptr(error(errc::syntax, "word \x1b[2J\xFF"));
    BOOST_TEST(cli::error_text(raw) == "error: word \xEF\xBF\xBD\n");
}
BOOST_AUTO_TEST_SUITE_END()
