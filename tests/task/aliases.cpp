#include <acrx/task/aliases.hpp>

#include <acrx/task/render_task.hpp>
#include <acrx/task/values_file.hpp>
#include <acrx/templating/template.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <sstream>

using namespace acrx;
using task_tests::failure;

BOOST_AUTO_TEST_SUITE(task_aliases)

namespace {
std::string const folder = "acr/acr-builder/graph/testdata/preprocessor/";

std::string expand(std::string const& text, alias_map const& aliases, std::string_view directive = "$")
{
    return expand_aliases({text, {}}, aliases, directive).text;
}

/// The blocks of the stress file, by name, without their indentation.
std::map<std::string, std::string> stress_blocks()
{
    std::map<std::string, std::string> blocks;
    std::istringstream lines(task_tests::read(folder + "preprocessing-stress.yaml"));
    std::string name;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line[0] != ' ')
            name = line.substr(0, line.find(':'));
        else
            blocks[name] += (line.size() > 2 ? line.substr(2) : "") + "\n";
    }
    return blocks;
}

/// A block after its aliases, as JSON.
std::string preprocessed(std::string const& text)
{
    auto const task = split_task(text, "stress");
    alias_texts const loaded{
        {"testdata/preprocessor/alphanumeric-external.yaml", task_tests::read(folder + "alphanumeric-external.yaml")}};
    auto const rendered = render_task(task, {}, loaded);
    return templating::render("{{toJson .}}", templating::value(parse_values(rendered.body.text, "stress")));
}

std::string block_failure(std::string const& text)
{
    return failure([&] { parse_alias_block({text, {}}, "t.yaml"); });
}
}  // namespace

BOOST_AUTO_TEST_CASE(references_are_replaced_once_by_the_longest_name)
{
    struct row
    {
        std::string text;
        alias_map aliases;
        std::string wanted;
    };
    auto const& predefined = predefined_aliases();
    row const table[] = {
        {"-t $foo ", {{"foo", "bar"}}, "-t bar "},
        {"-t $foo", {{"foo", "bar"}}, "-t bar"},
        {"$Registry/hello:$ID2", predefined, "{{.Run.Registry}}/hello:$ID2"},
        {"{{$foo}}", {{"foo", ".Values.bar"}}, "{{.Values.bar}}"},
        {"$a$b", {{"a", "1"}, {"b", "2"}}, "12"},
        {"$a$$x", {{"a", "1"}}, "1$x"},
        {"$foo$ID", predefined, "$foo$ID"},
        {"$ID_x", predefined, "{{.Run.ID}}_x"},
        {"$(date) ${HOME} $ x", predefined, "$(date) ${HOME} $ x"},
        {"$$puller", {{"puller", "break"}}, "$puller"},
        {"$$$a", {{"a", "1"}}, "$1"},
        {"$$$$", {}, "$$"},
        {"$", {}, "$"},
        {"a$", {}, "a$"},
        {"$a", {{"a", "$b"}, {"b", "2"}}, "$b"},
        {"$a\n$a", {{"a", "x\ny"}}, "x\ny\nx\ny"},
        {"$a\xF0\x9F\x90\xB3", {{"a", "1"}}, "1\xF0\x9F\x90\xB3"},
        {"", {}, ""},
    };
    for (auto const& [text, aliases, wanted] : table)
        BOOST_TEST(expand(text, aliases) == wanted, "'" << text << "' gives " << expand(text, aliases));
}

BOOST_AUTO_TEST_CASE(another_directive_makes_the_dollar_plain_text)
{
    alias_map const aliases{{"a", "1"}};
    BOOST_TEST(expand("%a $a %% %b", aliases, "%") == "1 $a % %b");
    BOOST_TEST(expand("\xF0\x9F\x90\xB3"
                      "a\xF0\x9F\x90\xB3"
                      "a $a",
                      aliases, "\xF0\x9F\x90\xB3")
               == "11 $a");
}

BOOST_AUTO_TEST_CASE(lines_remember_where_they_come_from)
{
    numbered_text const text{"a: $x\nb: $y\nc\n", {2, 5, 9}};
    auto const done = expand_aliases(text, {{"x", "1\n2\n3"}, {"y", "4"}});
    BOOST_TEST(done.text == "a: 1\n2\n3\nb: 4\nc\n");
    BOOST_TEST(done.lines == (std::vector<std::size_t>{2, 2, 2, 5, 9}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_stress_file_comes_out_as_it_says)
{
    auto const blocks = stress_blocks();
    BOOST_REQUIRE(blocks.size() == 6U);
    auto const expected = preprocessed(blocks.at("Expected"));
    BOOST_TEST(expected.find("build-qaz") != std::string::npos);
    for (auto const* name : {"Chaining Directive Unicode", "Multiline Alias", "Alias No Use"})
        BOOST_TEST(preprocessed(blocks.at(name)) == expected, name);
    auto const plain = [](std::string const& text) {
        return templating::render("{{toJson .}}", templating::value(parse_values(text, "t")));
    };
    BOOST_TEST(preprocessed(blocks.at("Escape")) == plain(blocks.at("Expected Escape")));
}

BOOST_AUTO_TEST_CASE(blocks_are_read)
{
    auto const block = parse_alias_block({"alias:\n  src: [a, 'http://b']\n  values:\n    x: 1\n    y: 'two'\n    z: "
                                          "|\n      l1\n      l2\n    n:\n  directive: '%'\n",
                                          {}},
                                         "t");
    BOOST_TEST((block.sources == std::vector<std::string>{"a", "http://b"}));
    BOOST_TEST((block.values == alias_map{{"n", ""}, {"x", "1"}, {"y", "two"}, {"z", "l1\nl2\n"}}));
    BOOST_TEST(block.directive == "%");
    for (auto const* empty : {"", "alias:\n", "alias: ~\n", "alias: {}\n", "alias: {values: , src: }\n"})
        BOOST_TEST(failure([&] { parse_alias_block({empty, {}}, "t"); }) == "none", empty);
}

BOOST_AUTO_TEST_CASE(keys_that_no_block_has_are_told)
{
    auto const block = parse_alias_block({"alias:\n  value: {a: b}\n  repo: x\n", {}}, "t");
    BOOST_TEST_REQUIRE(block.warnings.size() == 2U);
    BOOST_TEST((block.warnings[0].where == source_place{2, 3}));
    BOOST_TEST(to_string(block.warnings[0]) == "'alias' has no property 'value'; it is ignored. Did you mean 'values'?");
    BOOST_TEST(to_string(block.warnings[1])
               == "'alias' has no property 'repo'; it is ignored. Aliases themselves stand below 'values'.");
}

BOOST_AUTO_TEST_CASE(wrong_blocks_are_refused_with_their_place)
{
    BOOST_TEST(block_failure("alias:\n  values:\n    a-b: c\n")
               == "t.yaml:3:5: alias key names only support alphanumeric characters: 'a-b'\n");
    BOOST_TEST(block_failure("alias:\n  directive: '$$'\n")
               == "t.yaml:2:14: $ directive can only be overwritten by a single character, not by '$$'\n");
    BOOST_TEST(block_failure("alias:\n  directive: ''\n").starts_with("t.yaml:2:14: $ directive can only be"));
    BOOST_TEST(block_failure("alias:\n  directive: a\n")
               == "t.yaml:2:14: overwritten directives may not be alphanumeric characters, as 'a' is\n");
    BOOST_TEST(block_failure("alias:\n  values: [a]\n").starts_with("t.yaml:2:11: error during alias unmarshaling"));
    BOOST_TEST(
        block_failure("alias:\n  values: {a: [b]}\n").starts_with("t.yaml:2:15: error during alias unmarshaling"));
    BOOST_TEST(block_failure("alias:\n  src: a\n").starts_with("t.yaml:2:8: error during alias unmarshaling: 'src'"));
    BOOST_TEST(block_failure("alias: x\n").starts_with("t.yaml:1:8: error during alias unmarshaling"));
    BOOST_TEST(block_failure("alias: [\n").starts_with("t.yaml:2:1: error during alias unmarshaling: this is no YAML"));
    BOOST_TEST(failure([] {
                   parse_alias_block({"alias:\n  values: [a]\n", {7, 8}}, "t.yaml");
               }).starts_with("t.yaml:8:11:"));
}

BOOST_AUTO_TEST_CASE(sources_are_flat_maps)
{
    BOOST_TEST(parse_aliases(task_tests::read(folder + "empty-external.yaml"), "e").empty());
    BOOST_TEST(parse_aliases(task_tests::read(folder + "alphanumeric-external.yaml"), "e").size() == 62U);
    BOOST_TEST((parse_aliases(task_tests::read(folder + "valid-remote.yaml"), "e")
                == alias_map{{"docker", "azure/images/docker"}, {"cache", "--cache-from=ubuntu"}}));
    BOOST_TEST(parse_aliases(task_tests::read(folder + "valid-external.yaml"), "e").at("git") == "azure/images/git");
    for (auto const* name : {"invalid-external.yaml", "invalid-remote.yaml"})
        BOOST_TEST(
            failure([&] { parse_aliases(task_tests::read(folder + name), name); }).starts_with(std::string(name) + ":"),
            name);
}

BOOST_AUTO_TEST_CASE(values_win_over_later_sources_over_earlier_ones_over_predefined)
{
    alias_block const block{.sources = {"1", "2"}, .values = {{"a", "values"}}};
    auto const all =
        merge_aliases(block, {{{"a", "1"}, {"b", "1"}, {"c", "1"}, {"bash", "1"}}, {{"a", "2"}, {"b", "2"}}});
    BOOST_TEST(all.at("a") == "values");
    BOOST_TEST(all.at("b") == "2");
    BOOST_TEST(all.at("c") == "1");
    BOOST_TEST(all.at("bash") == "1");
    BOOST_TEST(all.at("curl") == "mcr.microsoft.com/acr/curl:2ff604c");
    BOOST_TEST(all.at("ID") == "{{.Run.ID}}");
}

BOOST_AUTO_TEST_CASE(the_predefined_names)
{
    std::string names;
    for (auto const& [name, text] : predefined_aliases())
        names += name + " ";
    BOOST_TEST(names
               == "Architecture Branch Commit Date ID OS Registry RegistryName SharedVolume acr az bash cssc curl ");
}

BOOST_AUTO_TEST_CASE(the_first_word_of_a_command_may_be_an_alias)
{
    auto const all = merge_aliases({.sources = {}, .values = {{"purge", "acr purge"}, {"bash", "my/bash"}}}, {});
    BOOST_TEST(expand_image_alias("bash echo hi", all) == "my/bash echo hi");
    BOOST_TEST(expand_image_alias("  az  login\n", all) == "mcr.microsoft.com/acr/azure-cli:2ff604c  login");
    BOOST_TEST(expand_image_alias("purge --ago 1d", all) == "acr purge --ago 1d");
    BOOST_TEST(expand_image_alias("bash:3.0 echo", all) == "bash:3.0 echo");
    BOOST_TEST(expand_image_alias("docker run bash", all) == "docker run bash");
    BOOST_TEST(expand_image_alias("curl", all) == "mcr.microsoft.com/acr/curl:2ff604c");
    BOOST_TEST(expand_image_alias(" ", all) == "");
}

BOOST_AUTO_TEST_SUITE_END()
