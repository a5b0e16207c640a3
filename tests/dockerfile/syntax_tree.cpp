#include <acrx/dockerfile/syntax_tree.hpp>

#include <acrx/core/digest.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <dockerfile/corpus.hpp>

using namespace acrx::dockerfile;
using namespace dockerfile_corpus;

BOOST_AUTO_TEST_SUITE(dockerfile_syntax_tree)

std::string error_of(std::string const& dockerfile)
{
    try {
        parse(dockerfile);
    } catch (parse_error const& e) {
        return e.text();
    }
    return "no error";
}

BOOST_AUTO_TEST_CASE(reads_the_small_cases)
{
    for (auto const& value : table("parse-cases.json")) {
        auto const& row = value.as_object();
        auto const dockerfile = text(row, "dockerfile");
        BOOST_TEST_CONTEXT(dockerfile)
        {
            if (row.contains("error")) {
                BOOST_CHECK_EQUAL(error_of(dockerfile), text(row, "error"));
                continue;
            }
            auto const tree = parse(dockerfile);
            BOOST_CHECK_EQUAL(dump(tree), text(row, "dump"));
            check_tree(row, tree);
        }
    }
}

BOOST_AUTO_TEST_CASE(reads_the_parser_files)
{
    int count = 0;
    for (auto const& folder : std::filesystem::directory_iterator(root + "parser/testfiles")) {
        ++count;
        BOOST_TEST_CONTEXT(folder.path())
        BOOST_CHECK_EQUAL(dump(parse(read(folder.path() / "Dockerfile"))) + "\n", read(folder.path() / "result"));
    }
    BOOST_CHECK_EQUAL(count, 33);
}

BOOST_AUTO_TEST_CASE(refuses_the_negative_parser_files)
{
    for (auto const& value : table("parser/negative-results.json")) {
        auto const& row = value.as_object();
        BOOST_CHECK_EQUAL(error_of(read(root + text(row, "file"))), text(row, "error"));
    }
}

BOOST_AUTO_TEST_CASE(reads_real_files)
{
    for (auto const& value : table("real-parsed.json")) {
        auto const& row = value.as_object();
        auto const name = text(row, "file");
        BOOST_TEST_CONTEXT(name)
        {
            auto const tree = parse(read(root + name));
            BOOST_CHECK_EQUAL(acrx::digest_of(dump(tree)).str(), "sha256:" + text(row, "dump_sha256"));
            check_tree(row, tree);
        }
    }
}

BOOST_AUTO_TEST_CASE(knows_the_lines_of_an_instruction)
{
    std::vector<std::pair<int, int>> const expected{{5, 5}, {11, 12}, {17, 31}};
    std::vector<std::pair<int, int>> found;
    for (auto const& node : parse(read(root + "parser/testfile-line/Dockerfile")).nodes)
        found.emplace_back(node.where.first_line, node.where.last_line);
    BOOST_CHECK(found == expected);
}

BOOST_AUTO_TEST_CASE(counts_columns_and_heredoc_lines)
{
    auto const tree = parse("FROM a\n  \tRUN <<A <<-B cat\none\nA\n\ttwo\n\tB\n\nCOPY a b\n");
    BOOST_REQUIRE_EQUAL(tree.nodes.size(), 3U);
    BOOST_CHECK(tree.nodes[1].where == (source_span{2, 6, 4}));
    BOOST_CHECK(tree.nodes[2].where == (source_span{8, 8, 1}));
}

BOOST_AUTO_TEST_CASE(keeps_heredocs_with_their_properties)
{
    auto const documents = parse("FROM a\nRUN 3<<-'E O' <<F cat\n\tx\n \ty\n\tE O\nz\r\nF\n").nodes[1].heredocs;
    BOOST_REQUIRE_EQUAL(documents.size(), 2U);
    BOOST_CHECK_EQUAL(documents[0].name, "E O");
    BOOST_CHECK(!documents[0].expand);
    BOOST_CHECK(documents[0].strip_tabs);
    BOOST_CHECK_EQUAL(documents[0].file_descriptor, 3U);
    BOOST_CHECK_EQUAL(documents[0].content, "\tx\n \ty\n");
    BOOST_CHECK_EQUAL(body_of(documents[0]), "x\n \ty\n");
    BOOST_CHECK_EQUAL(documents[1].name, "F");
    BOOST_CHECK(documents[1].expand);
    BOOST_CHECK_EQUAL(body_of(documents[1]), "z\r\n");
}

BOOST_AUTO_TEST_CASE(keeps_comments_and_continuations_out_of_heredocs)
{
    auto const tree = parse("FROM a\nRUN <<A\n# comment\nb \\\n\nA\n");
    BOOST_CHECK_EQUAL(tree.nodes[1].heredocs[0].content, "# comment\nb \\\n\n");
    BOOST_CHECK(tree.warnings.empty());
}

BOOST_AUTO_TEST_CASE(keeps_the_text_of_an_onbuild_trigger)
{
    auto const node = parse("FROM a\nONBUILD  RUN  x   y \\\n  z\n").nodes[1];
    BOOST_CHECK_EQUAL(node.rest, "RUN  x   y   z");
    BOOST_CHECK_EQUAL(node.spelling, "ONBUILD");
    BOOST_REQUIRE_EQUAL(node.nested.size(), 1U);
    BOOST_CHECK_EQUAL(node.nested[0].arguments[0], "x   y   z");
}

BOOST_AUTO_TEST_CASE(finds_the_syntax_in_other_notations)
{
    BOOST_CHECK(!parse("FROM a\n").syntax);
    BOOST_CHECK_EQUAL(parse("# syntax = a/b:1 --x\nFROM a\n").syntax.value(), "a/b:1");
    BOOST_CHECK_EQUAL(parse("// syntax=a\nFROM a\n").syntax.value(), "a");
    BOOST_CHECK_EQUAL(parse("{\"syntax\": \"a\"}").syntax.value(), "a");
    BOOST_CHECK_EQUAL(parse("# check=skip=A,B;error=true\nFROM a\n").check.value(), "skip=A,B;error=true");
    BOOST_CHECK(!parse("\n# check=skip=all\nFROM a\n").check);
    BOOST_CHECK(!parse(" # check=skip=all\nFROM a\n").check);
}

BOOST_AUTO_TEST_CASE(reads_flags_with_quotes_and_escapes)
{
    auto const node = parse("FROM a\nRUN --mount=type=bind,target=\"/a b\" --x='y z' --e=\\  -- --cmd\n").nodes[1];
    BOOST_CHECK(node.flags == (std::vector<std::string>{"--mount=type=bind,target=/a b", "--x=y z", "--e= "}));
    BOOST_CHECK(node.arguments == std::vector<std::string>{"--cmd"});
}

BOOST_AUTO_TEST_CASE(attaches_comments_to_the_instruction_below)
{
    auto const tree = parse("# lost\n\n# check=skip=A\n#b\nFROM a\nRUN b\n");
    BOOST_CHECK(tree.nodes[0].comments == (std::vector<std::string>{"check=skip=A", "b"}));
    BOOST_CHECK(tree.nodes[1].comments.empty());
}

BOOST_AUTO_TEST_CASE(works_with_crlf)
{
    auto const tree = parse("# escape=`\r\nFROM a\r\nRUN b `\r\n c\r\n\r\nCOPY d e\r\n");
    BOOST_CHECK_EQUAL(dump(tree), "(from \"a\")\n(run \"b  c\")\n(copy \"d\" \"e\")");
}

BOOST_AUTO_TEST_CASE(refuses_a_line_that_is_too_long)
{
    std::string const longest = "RUN " + std::string(65531, 'x');
    BOOST_CHECK_EQUAL(error_of("FROM a\n" + longest + "\n"), "no error");
    BOOST_CHECK_EQUAL(error_of("FROM a\n" + longest + "x\n"),
                      "dockerfile line greater than max allowed size of 65535");
}

BOOST_AUTO_TEST_CASE(survives_hostile_input)
{
    std::string deep = "FROM a\n";
    for (int i = 0; i < 10000; ++i)
        deep += "ONBUILD ";
    BOOST_CHECK_EQUAL(error_of(deep), "dockerfile line greater than max allowed size of 65535");
    BOOST_CHECK_EQUAL(error_of(deep.substr(0, 60000)), "ONBUILD is nested too deeply");

    std::string wide = "FROM a\nRUN x";
    for (int i = 0; i < 100'000; ++i)
        wide += " \\\n y <<$z";
    BOOST_CHECK_EQUAL(error_of(wide), "unterminated heredoc");
    BOOST_CHECK_EQUAL(error_of("FROM a\nCMD " + std::string(60000, '[')), "no error");
    std::string bytes;
    for (int i = 0; i < 100'000; ++i)
        bytes += static_cast<char>(i * 7919 >> 3);
    BOOST_CHECK_NO_THROW(error_of(bytes));
}

BOOST_AUTO_TEST_SUITE_END()
