#include <acrx/task/command_words.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <map>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_command_words)

namespace {
using texts = std::vector<std::string>;

std::string split(std::string const& text, line_feed feed = line_feed::ends_command)
{
    std::string all;
    for (auto const& word : split_command(text, feed))
        all += "<" + word + ">";
    return all;
}
}  // namespace

BOOST_AUTO_TEST_CASE(words_are_split_as_a_shell_does)
{
    std::map<std::string, std::string> const table{
        {"", ""},
        {"  a\tb  ", "<a><b>"},
        {"a 'b c' d", "<a><b c><d>"},
        {R"(a "b c" d)", "<a><b c><d>"},
        {R"(a'b'"c"d)", "<abcd>"},
        {R"('')", "<>"},
        {R"(a "" b)", "<a><><b>"},
        {R"(a\ b \"c\' \\)", R"(<a b><"c'><\>)"},
        {R"("a\"b\\c\$d\`e\nf")", R"(<a"b\c$d`e\nf>)"},
        {R"('a\b"c')", R"(<a\b"c>)"},
        {R"('it'"'"'s')", "<it's>"},
        {"a # b 'c", "<a>"},
        {"a#b", "<a#b>"},
        {"#all", ""},
        {"'#a'", "<#a>"},
        {"a\\\nb", "<ab>"},
        {"a \\\n b", "<a><b>"},
        {"'a\nb'", "<a\nb>"},
        {"\"a\nb\"", "<a\nb>"},
        {"\"a\\\nb\"", "<ab>"},
        {"a b\n", "<a><b>"},
        {"\n\na b\n \n# c\n", "<a><b>"},
        {"a\r\n", "<a>"},
        {"$a ${b} \"$c\" '$(d)' \"$(e)\" \"`f`\" '|'", "<$a><${b}><$c><$(d)><$(e)><`f`><|>"},
        {"a=* ? [b] ~ {c,d} !", "<a=*><?><[b]><~><{c,d}><!>"},
        {"a\\", "<a\\>"},
        {"\xC3\xA4 '\xF0\x9F\x90\xB3'", "<\xC3\xA4><\xF0\x9F\x90\xB3>"},
    };
    for (auto const& [text, words] : table)
        BOOST_TEST(split(text) == words, text << " gives " << split(text));
}

BOOST_AUTO_TEST_CASE(line_feeds_are_blanks_or_end_the_command)
{
    BOOST_TEST(split("-t a\n-f b\n.\n", line_feed::is_blank) == "<-t><a><-f><b><.>");
    BOOST_TEST(task_tests::failure([] {
                   split("a b\nc d\n");
               }).starts_with("a step runs one command, and another one begins"));
}

BOOST_AUTO_TEST_CASE(what_needs_a_shell_is_refused_outside_quotes)
{
    for (auto const* text :
         {"a | b", "a > b", "a < b", "a; b", "a && b", "a & b", "(a)", "a $(b)", "a `b`", "a>b", "a 2>&1"}) {
        auto const got = task_tests::failure([&] { split(text); });
        BOOST_TEST((got.find("needs a shell") != got.npos && got.find("sh -c '...'") != got.npos), text << ": " << got);
    }
}

BOOST_AUTO_TEST_CASE(open_quotes_are_refused)
{
    for (auto const* text : {"a 'b", "a \"b", "a \"b\\\"", "'"})
        BOOST_TEST(task_tests::failure([&] { split(text); }).find("is not closed") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(values_lose_the_quotes_that_pair)
{
    std::map<std::string, std::string> const table{
        {"A=b", "A=b"},
        {"A='b c'", "A=b c"},
        {"A=\"b\"", "A=b"},
        {"A=b c", "A=b c"},
        {"A=it's", "A=it's"},
        {"A='it's'", "A=it's"},
        {"A=", "A="},
        {"A=''", "A="},
        {"A", "A"},
        {"'A'=b", "'A'=b"},
        {"A=b\\ c", "A=b c"},
        {"A='a'\"'\"'b'", "A=a'b"},
        {"A=$x `y` $(z)", "A=$x `y` $(z)"},
        {"A=a|b;c", "A=a|b;c"},
    };
    for (auto const& [item, plain] : table)
        BOOST_TEST(unquote_setting(item) == plain, item);
}

BOOST_AUTO_TEST_SUITE_END()
