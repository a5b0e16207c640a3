#include <acrx/dockerfile/expand.hpp>

#include <acrx/dockerfile/parse_error.hpp>
#include <dockerfile/corpus.hpp>

#include <map>

using namespace acrx::dockerfile;
using namespace dockerfile_corpus;

BOOST_AUTO_TEST_SUITE(dockerfile_expand)

using variables = std::map<std::string, std::string, std::less<>>;

variable_lookup look_in(variables const& all)
{
    return [&all](std::string_view name) {
        auto const found = all.find(name);
        return found == all.end() ? std::nullopt : std::optional(found->second);
    };
}

std::string error_of(std::string const& word, variables const& all, expand_options options = {})
{
    try {
        expand_reporting(word, look_in(all), options);
    } catch (parse_error const& e) {
        return e.text();
    }
    return "no error";
}

BOOST_AUTO_TEST_CASE(expands_the_table)
{
    for (auto const& value : table("variable-expansion.json")) {
        auto const& row = value.as_object();
        variables all;
        for (auto const& [name, v] : row.at("env").as_object())
            all.emplace(std::string(name), std::string(v.as_string()));
        expand_options options;
        if (row.contains("escape"))
            options.escape = text(row, "escape").at(0);
        options.quotes_are_text = row.contains("skip_process_quotes");
        auto const input = text(row, "input");
        BOOST_TEST_CONTEXT(input)
        {
            if (row.contains("error")) {
                BOOST_CHECK_EQUAL(error_of(input, all, options), text(row, "error"));
                continue;
            }
            auto const result = expand_reporting(input, look_in(all), options);
            BOOST_CHECK_EQUAL(result.text, text(row, "expected"));
            if (row.contains("words"))
                BOOST_CHECK_EQUAL(boost::json::serialize(boost::json::array(result.words.begin(), result.words.end())),
                                  boost::json::serialize(row.at("words")));
        }
    }
}

BOOST_AUTO_TEST_CASE(reports_what_was_used)
{
    variables const all{{"A", "1"}, {"E", ""}};
    auto const result = expand_reporting("$A ${E:-$B} '$C' \\$D ${A:+${F}}", look_in(all));
    BOOST_CHECK(result.used == (std::set<std::string, std::less<>>{"A", "E"}));
    BOOST_CHECK(result.undefined == (std::set<std::string, std::less<>>{"B", "F"}));
}

BOOST_AUTO_TEST_CASE(splits_only_where_nothing_is_quoted)
{
    variables const all{{"P", "80 81"}};
    BOOST_CHECK(expand_words("$P \"$P\" 82/udp", look_in(all))
                == (std::vector<std::string>{"80", "81", "80 81", "82/udp"}));
}

BOOST_AUTO_TEST_CASE(replaces_patterns)
{
    variables const all{{"V", "aXbXc"}, {"U", "日本語日"}, {"E", ""}};
    auto const check = [&](char const* word, char const* expected) {
        BOOST_CHECK_EQUAL(expand(word, look_in(all)), expected);
    };
    check("${V/X/-}", "a-bXc");
    check("${V//X/-}", "a-b-c");
    check("${V//X*/-}", "a-");
    check("${V//?X/-}", "--c");
    check("${V#*X}", "bXc");
    check("${V##*X}", "c");
    check("${V%X*}", "aXb");
    check("${V%%X*}", "a");
    check("${V%?}", "aXbX");
    check("${U//日/x}", "x本語x");
    check("${U#?}", "本語日");
    check("${U%?}", "日本語");
    check("${E//x/y}", "");
    check("${V/nothing*X/y}", "aXbXc");
}

BOOST_AUTO_TEST_CASE(leaves_quotes_of_a_heredoc)
{
    variables const all{{"A", "1"}};
    BOOST_CHECK_EQUAL(expand_heredoc("it's \"$A\" \\$A\n", look_in(all)), "it's \"1\" $A\n");
}

BOOST_AUTO_TEST_CASE(survives_hostile_input)
{
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "${A:-";
    BOOST_CHECK(error_of(deep, {}).ends_with("substitutions are nested too deeply"));
    variables const all{{"V", std::string(200'000, 'a')}};
    BOOST_CHECK_EQUAL(expand("${V//a*b/x}", look_in(all)).size(), 200'000U);
    BOOST_CHECK_EQUAL(expand("${V//a/bc}", look_in(all)).size(), 400'000U);
    BOOST_CHECK_EQUAL(error_of(std::string(100'000, '$') + std::string(100'000, '<'), {}), "no error");
}

BOOST_AUTO_TEST_SUITE_END()
