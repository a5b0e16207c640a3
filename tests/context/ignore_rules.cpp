#include <acrx/context/ignore_rules.hpp>

#include <acrx/core/error.hpp>

#include <support/test_data.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(context_ignore_rules)

boost::json::array table(std::string const& name)
{
    std::ifstream file(testing::data_path("context/data") / name);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    auto rows = boost::json::parse(text).as_array();
    if (rows.empty())
        throw std::runtime_error(name + " is empty");
    return rows;
}

std::vector<std::string> strings(boost::json::value const& list)
{
    std::vector<std::string> result;
    for (auto const& s : list.as_array())
        result.emplace_back(s.as_string());
    return result;
}

std::string text_of(boost::json::value const& v)
{
    return std::string(v.as_string());
}

/// The verdict as a walker finds it, which asks about each directory once.
bool excludes_step_by_step(ignore_rules const& rules, std::string const& path)
{
    ignore_verdict verdict;
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1))
        verdict = rules.match(path.substr(0, slash), verdict);
    return rules.match(path, verdict).excluded;
}

std::string error_of(std::vector<std::string> const& patterns)
{
    try {
        ignore_rules{patterns};
    } catch (error const& e) {
        return e.what();
    }
    return "no error";
}

BOOST_AUTO_TEST_CASE(cleans_lines)
{
    for (auto name : {"dockerignore-parse.json", "dockerignore-real.json"})
        for (auto const& row : table(name)) {
            auto const file = text_of(row.at("file"));
            BOOST_TEST_CONTEXT(file)
            {
                auto const lines = clean_ignore_lines(file);
                auto const expected = strings(row.at("patterns"));
                BOOST_CHECK_EQUAL_COLLECTIONS(lines.begin(), lines.end(), expected.begin(), expected.end());
                if (auto const* refused = row.as_object().if_contains("compile_error"))
                    BOOST_CHECK(error_of(lines).find(text_of(*refused)) != std::string::npos);
                else
                    BOOST_CHECK_EQUAL(error_of(lines), "no error");
            }
        }
}

BOOST_AUTO_TEST_CASE(judges_the_table)
{
    for (auto const& row : table("dockerignore-match.json")) {
        auto const patterns = strings(row.at("patterns"));
        auto const path = text_of(row.at("path"));
        BOOST_TEST_CONTEXT(boost::json::serialize(row))
        {
            if (auto const* refused = row.as_object().if_contains("error")) {
                BOOST_CHECK(error_of(patterns).find(text_of(*refused)) != std::string::npos);
                continue;
            }
            ignore_rules const rules(patterns);
            BOOST_CHECK_EQUAL(rules.excludes(path), row.at("expected").as_bool());
            BOOST_CHECK_EQUAL(excludes_step_by_step(rules, path), row.at("expected").as_bool());
        }
    }
}

BOOST_AUTO_TEST_CASE(never_skips_a_directory_that_holds_included_files)
{
    // If a path is included although a parent is excluded, every excluded parent must be entered.
    for (auto const& row : table("dockerignore-match.json")) {
        if (row.as_object().contains("error"))
            continue;
        ignore_rules const rules(strings(row.at("patterns")));
        auto const path = text_of(row.at("path"));
        if (rules.excludes(path))
            continue;
        ignore_verdict verdict;
        for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
            auto const dir = path.substr(0, slash);
            verdict = rules.match(dir, verdict);
            BOOST_CHECK_MESSAGE(!verdict.excluded || rules.may_include_below(dir, verdict),
                                boost::json::serialize(row) << " skips " << dir);
        }
    }
}

BOOST_AUTO_TEST_CASE(enters_only_where_a_later_rule_could_include)
{
    auto const enters = [](std::vector<std::string> patterns, std::string const& dir) {
        ignore_rules const rules(std::move(patterns));
        return rules.may_include_below(dir, rules.match(dir));
    };
    BOOST_CHECK(enters({"*", "!src/keep"}, "src"));
    BOOST_CHECK(!enters({"*", "!src/keep"}, "srcs"));
    BOOST_CHECK(!enters({"*", "!src/keep"}, "doc"));
    BOOST_CHECK(!enters({"!src/keep", "*"}, "src"));
    BOOST_CHECK(enters({"*", "!**/keep"}, "any/where"));
    BOOST_CHECK(enters({"*", "!a*/b"}, "abc"));
    BOOST_CHECK(!enters({"*", "!a*/b"}, "abc/d"));
    BOOST_CHECK(!enters({"*", "!*.json"}, "lib"));
    BOOST_CHECK(!enters({"*"}, "lib"));
    ignore_rules const below(std::vector<std::string>{"!docs/**"});
    BOOST_CHECK(below.may_include_below("docs/x", {true, -1}));
    BOOST_CHECK(below.may_include_below("docs", {true, -1}));
    BOOST_CHECK(!below.may_include_below("doc", {true, -1}));
}

BOOST_AUTO_TEST_CASE(names_the_rule_that_counted)
{
    ignore_rules const rules(std::vector<std::string>{"*", "!src", "src/tmp"});
    BOOST_CHECK(rules.match("a") == (ignore_verdict{true, 0}));
    auto const src = rules.match("src");
    BOOST_CHECK(src == (ignore_verdict{false, 1}));
    BOOST_CHECK(rules.match("src/x", src) == src);
    BOOST_CHECK(rules.match("src/tmp", src) == (ignore_verdict{true, 2}));
    BOOST_CHECK(!ignore_rules().excludes("a"));
}

BOOST_AUTO_TEST_CASE(is_fast_and_survives_hostile_patterns)
{
    ignore_rules const rules(std::vector<std::string>{"**/node_modules", "**/*.log", "dist/**", "*/cache", "a*b*c*d",
                                                      "**/.git", "docs", "!docs/keep/**", "**/*_test.go",
                                                      "tmp?/x[0-9]"});
    auto const start = std::chrono::steady_clock::now();
    std::size_t excluded = 0;
    for (int i = 0; i < 10'000; ++i)
        excluded += rules.excludes("packages/module" + std::to_string(i % 100) + "/src/" + std::to_string(i) + ".ts");
    BOOST_CHECK_EQUAL(excluded, 0U);
    std::string stars;
    for (int i = 0; i < 20; ++i)
        stars += "*a**";
    ignore_rules const hostile(std::vector<std::string>{stars + "b"});
    BOOST_CHECK(!hostile.excludes(std::string(2000, 'a')));
    auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    BOOST_TEST_MESSAGE("10,000 paths: " << seconds << " s");
    BOOST_CHECK_LT(seconds, 20.0);
}

BOOST_AUTO_TEST_SUITE_END()
