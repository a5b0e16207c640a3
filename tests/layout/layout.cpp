// The tree keeps its rules, and each rule can tell a file that breaks it.
#include <layout/rules.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace acrx::testing;

namespace {
std::string read(std::filesystem::path const& path)
{
    std::ifstream in(path);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << path);
    return {std::istreambuf_iterator<char>(in), {}};
}

room_table rooms_of_tree()
{
    return read_room_table(read(ACRX_ROOM_TABLE));
}

std::vector<std::string> rules_broken_by(std::vector<source_file> const& tree)
{
    std::vector<std::string> rules;
    for (auto const& f : check_tree(tree, read_room_table("core:\nio: core\nhttp: core io\ndoor: core io http\n")))
        rules.push_back(f.rule);
    return rules;
}

/// A well-formed file of the library with `body` between its guards.
source_file file_of(std::string const& path, std::string const& body)
{
    std::string guard = "ACRX_";
    for (char c : path)
        guard += std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::toupper(c)) : '_';
    return read_source("include/acrx/" + path,
                       "// A file.\n#ifndef " + guard + "\n#define " + guard + "\n" + body + "#endif\n");
}

/// The rules that a file with this body breaks, beside an umbrella that names it.
std::vector<std::string> rules_broken_in(std::string const& path, std::string const& body)
{
    auto const room = path.substr(0, path.find('/'));
    auto const hidden = path.find("/impl/") != path.npos || path.find("/detail/") != path.npos;
    auto const umbrella = hidden ? std::string{} : "#include <acrx/" + path + ">\n";
    return rules_broken_by({file_of(room + ".hpp", umbrella), file_of(path, body)});
}

bool breaks_await_rule(std::string const& statement)
{
    return !check_awaits(read_source("include/acrx/io/x.hpp", "void f()\n{\n    " + statement + "\n}\n")).empty();
}

using rules = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_SUITE(layout)

BOOST_AUTO_TEST_CASE(the_tree_keeps_its_rules)
{
    auto const tree = read_tree(ACRX_SOURCE_TREE, {"include", "tools", "examples", "tests", "benchmarks"});
    BOOST_TEST(tree.size() > 50U);
    for (auto const& f : check_tree(tree, rooms_of_tree()))
        BOOST_ERROR(to_string(f));
}

BOOST_AUTO_TEST_CASE(each_room_of_the_table_lies_above_those_it_includes)
{
    std::set<std::string> seen;
    std::ifstream table(ACRX_ROOM_TABLE);
    for (std::string line; std::getline(table, line);) {
        auto const rooms = read_room_table(line);
        BOOST_REQUIRE(rooms.size() == 1U);
        auto const& [room, below] = *rooms.begin();
        seen.insert(room);
        for (auto const& other : below)
            BOOST_TEST(seen.contains(other), room << " includes " << other << ", which is not below it");
    }
}

BOOST_AUTO_TEST_CASE(a_good_file_breaks_no_rule)
{
    BOOST_TEST(rules_broken_in("io/x.hpp", "#include <acrx/core/error.hpp>\n#include <acrx/io/detail/y.hpp>\n"
                                           "#include <boost/asio/awaitable.hpp>\n#include <acrx/version.hpp>\n") == rules{});
    BOOST_TEST(rules_broken_in("http/impl/x.ipp", "#include <boost/beast/core.hpp>\n") == rules{});
    BOOST_TEST(rules_broken_in("io/impl/x.ipp", "#include <boost/process/v2/process.hpp>\n") == rules{});
    BOOST_TEST(rules_broken_by({file_of("door.hpp", "#include <acrx/io.hpp>\n#include <acrx/door/impl/door.ipp>\n"),
                                file_of("door/impl/door.ipp", "#include <acrx/http.hpp>\n")}) == rules{});
}

BOOST_AUTO_TEST_CASE(includes_go_one_way)
{
    BOOST_TEST(rules_broken_in("core/x.hpp", "#include <acrx/io/files.hpp>\n") == rules{"one way"});
    BOOST_TEST(rules_broken_in("core/x.hpp", "#include <acrx/io.hpp>\n") == rules{"one way"});
    BOOST_TEST(rules_broken_in("io/impl/x.ipp", "#include <acrx/http/client.hpp>\n") == rules{"one way"});
    BOOST_TEST(rules_broken_in("io/x.hpp", "#include <acrx/acrx.hpp>\n") == rules{"one way"});
    BOOST_TEST(rules_broken_in("io/x.hpp", "// #include <acrx/http.hpp>\n") == rules{});
}

BOOST_AUTO_TEST_CASE(what_is_hidden_in_a_room_stays_there)
{
    BOOST_TEST(rules_broken_in("io/x.hpp", "#include <acrx/core/detail/y.hpp>\n") == rules{"hidden"});
    BOOST_TEST(rules_broken_in("io/impl/x.ipp", "#include <acrx/core/impl/y.ipp>\n") == rules{"hidden"});
    BOOST_TEST(rules_broken_by({read_source("examples/x.cpp", "// A file.\n#include <acrx/io/detail/y.hpp>\n")}) == rules{"hidden"});
    BOOST_TEST(rules_broken_by({read_source("tests/io/x.cpp", "// A file.\n#include <acrx/io/detail/y.hpp>\n")}) == rules{});
}

BOOST_AUTO_TEST_CASE(heavy_headers_stay_out_of_what_others_include)
{
    BOOST_TEST(rules_broken_in("http/x.hpp", "#include <boost/beast/core.hpp>\n") == rules{"heavy"});
    BOOST_TEST(rules_broken_in("io/impl/x.ipp", "#include <boost/beast/core.hpp>\n") == rules{"heavy"});
    BOOST_TEST(rules_broken_in("io/x.hpp", "#include <boost/process/v2/process.hpp>\n") == rules{"heavy"});
    BOOST_TEST(rules_broken_in("io/impl/x.ipp", "#include <boost/asio.hpp>\n") == rules{"heavy"});
    BOOST_TEST(rules_broken_by({read_source("tests/io/x.cpp", "// A file.\n#include <boost/asio.hpp>\n")}) == rules{"heavy"});
}

BOOST_AUTO_TEST_CASE(an_umbrella_names_all_of_its_room_and_nothing_hidden)
{
    BOOST_TEST(rules_broken_by({file_of("io.hpp", ""), file_of("io/x.hpp", "")}) == rules{"umbrella"});
    BOOST_TEST(rules_broken_by({file_of("io/x.hpp", "")}) == rules{"umbrella"});
    BOOST_TEST(rules_broken_by({file_of("io.hpp", "#include <acrx/io/detail/x.hpp>\n")}) == rules{"umbrella"});
    BOOST_TEST(rules_broken_by({file_of("acrx.hpp", ""), file_of("io.hpp", "")}) == rules{"umbrella"});
    BOOST_TEST(rules_broken_by({file_of("acrx.hpp", "#include <acrx/io.hpp>\n"), file_of("io.hpp", "")}) == rules{});
}

BOOST_AUTO_TEST_CASE(an_umbrella_leaves_parts_out)
{
    auto const broken = [](std::string const& umbrella) {
        return check_umbrellas({file_of("io.hpp", umbrella), file_of("io/tape_store.hpp", "")},
                               read_room_table("io: core\nio/tape: core io\n"));
    };
    BOOST_TEST(broken("").empty());
    BOOST_TEST(broken("#include <acrx/io/tape_store.hpp>\n").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_has_its_form)
{
    BOOST_TEST(rules_broken_by({read_source("tests/io/x.cpp", "#include <string>\n")}) == rules{"first line"});
    BOOST_TEST(rules_broken_by({read_source("tests/io/x.cpp", "// no sentence\n")}) == rules{"first line"});
    BOOST_TEST(rules_broken_by({read_source("tests/io/x.cpp", "#include <acrx/io/x.hpp>\n")}) == rules{});
    BOOST_TEST(rules_broken_by({read_source("tools/x.cpp", "// Does x. Usage: x FILE\n")}) == rules{});
    BOOST_TEST(rules_broken_by({read_source("tests/io/x.hpp", "// A file.\n#pragma once\n")}) == rules{"guard"});
    BOOST_TEST(rules_broken_in("io/x.hpp", "#include <string>\n#include \"y.hpp\"\n") == rules{"include"});
    BOOST_TEST(rules_broken_in("io/x.hpp", std::string(400, '\n')) == rules{"length"});
}

BOOST_AUTO_TEST_CASE(one_await_is_one_statement)
{
    for (auto const* right : {
             "auto x = co_await f();",
             "co_await f(a[1], b.c(), std::move(d));",
             "if (auto x = co_await f(); x) g();",
             "for (auto& x : co_await f()) g();",
             "for (auto i = co_await f(); i < 9; ++i) { g(); }",
             "auto x = a ? b : c; co_await f(x);",
             "co_await f(a ? b : c);",
             "co_await f([] { return 1; });",
             "if (c) co_await f();",
             "while (g(c)) { co_await f(); }",
             "h([&] { return 1; }); co_await f();",
             "auto x = co_await f(); auto y = co_await g();",
             "char c = '\\''; s = \"co_await f({})\"; // if (co_await f())",
         })
        BOOST_TEST(!breaks_await_rule(right), right);
    for (auto const* wrong : {
             "if (co_await f()) co_return;",
             "if (!co_await f()) co_return;",
             "if (auto x = g(); co_await f(x)) co_return;",
             "while (co_await f()) g();",
             "switch (co_await f()) { default: break; }",
             "for (int i = 0; co_await f(i); ++i) g();",
             "auto x = c ? co_await f() : y;",
             "auto x = c ? y : co_await f();",
             "co_await f(spec{.a = 1});",
             "co_await f({\"a\", \"b\"});",
             "co_await f([captured] { return captured; });",
             "co_await f(a, [&](int i) { return g(i); });",
             "auto x = co_await f() + co_await g();",
             "co_await f(co_await g());",
         })
        BOOST_TEST(breaks_await_rule(wrong), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
