#include <acrx/cli/lint_text.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_lint_text)
BOOST_AUTO_TEST_CASE(shows_the_lines_of_a_finding)
{
    dockerfile::lint_warning const found{dockerfile::lint_rule::from_as_casing, "as it is", {2, 3, 1}};
    BOOST_TEST(cli::lint_text(found, {"Dockerfile", "a\nb\nc\n"})
               == "WARNING: FromAsCasing - https://docs.docker.com/go/dockerfile/rule/from-as-casing/\n"
                  "as it is\n"
                  "Dockerfile:2\n"
                  "--------------------\n"
                  "   1 |     a\n"
                  "   2 | >>> b\n"
                  "   3 | >>> c\n"
                  "--------------------\n");
    BOOST_TEST(cli::lint_text(found, {"Dockerfile", ""}).ends_with("Dockerfile:2\n"));
}
BOOST_AUTO_TEST_CASE(counts_findings)
{
    BOOST_TEST(cli::lint_summary(0) == "Check complete, no warnings found.");
    BOOST_TEST(cli::lint_summary(1) == "Check complete, 1 warning has been found!");
    BOOST_TEST(cli::lint_summary(2) == "Check complete, 2 warnings have been found!");
}
BOOST_AUTO_TEST_SUITE_END()
