#include <acrx/dockerfile/lint.hpp>

#include <acrx/dockerfile/parse_error.hpp>
#include <dockerfile/corpus.hpp>

#include <algorithm>
#include <sstream>

using namespace acrx::dockerfile;
using namespace dockerfile_corpus;

BOOST_AUTO_TEST_SUITE(dockerfile_lint)

/// The findings that count, one a line, sorted.
std::vector<std::string> findings(std::string const& text)
{
    auto const f = parse_file(text);
    lint_filter const filter(f, lint_options_of(f));
    std::vector<std::string> lines;
    for (auto const& found : lint(f))
        if (filter.wants(found))
            lines.push_back(to_string(found));
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::vector<std::string> sorted_lines(std::string const& text)
{
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    std::sort(lines.begin(), lines.end());
    return lines;
}

BOOST_AUTO_TEST_CASE(finds_what_the_cases_say)
{
    std::size_t cases = 0;
    for (auto const& folder : std::filesystem::directory_iterator(root + "lint")) {
        BOOST_TEST_CONTEXT(folder.path().filename().string())
        {
            auto const found = findings(read(folder.path() / "Dockerfile"));
            BOOST_TEST(found == sorted_lines(read(folder.path() / "warnings")), boost::test_tools::per_element());
            ++cases;
        }
    }
    BOOST_TEST(cases >= 34U);
}

BOOST_AUTO_TEST_CASE(sorts_by_line)
{
    auto const found = lint(parse_file("FROM scratch\nENV a b\nMAINTAINER x\nENV c d\n"));
    BOOST_REQUIRE_EQUAL(found.size(), 3U);
    BOOST_TEST(found[0].where.first_line == 2);
    BOOST_TEST(found[1].where.first_line == 3);
    BOOST_TEST(found[2].where.first_line == 4);
}

BOOST_AUTO_TEST_CASE(spans_the_whole_instruction)
{
    auto const found = lint(parse_file("FROM scratch\nENV \\\n  a \\\n  b\n"));
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].where.first_line == 2);
    BOOST_TEST(found[0].where.last_line == 4);
}

BOOST_AUTO_TEST_CASE(names_the_line_of_bad_options)
{
    auto const f = parse_file("# syntax=docker/dockerfile:1\n# check=nonsense=1\nFROM scratch\n");
    BOOST_CHECK_EXCEPTION(lint_options_of(f), parse_error, [](auto const& e) {
        return e.where().first_line == 2
               && e.text() == "failed to parse check options: invalid check option \"nonsense\"";
    });
}

BOOST_AUTO_TEST_SUITE_END()
