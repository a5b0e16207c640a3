#include <acrx/build/select_with_parents.hpp>

#include <acrx/core/error.hpp>

#include <support/tree_of_names.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using acrx::testing::tree_of_names;

BOOST_AUTO_TEST_SUITE(build_select_with_parents)

tree_of_names const tree({"a/", "a/b/", "a/b/c.txt", "a/b/d.md", "a/e.txt", "f/", "f/b/", "f/b/g.txt", "h.txt"});

/// The paths that a word selects, folders with a slash.
std::string paths(std::string const& word, std::vector<std::string> const& excludes = {})
{
    std::string text;
    for (auto const& source : select_with_parents(tree, std::vector{word}, excludes))
        for (auto const& file : source.below)
            text += (text.empty() ? "" : " ") + file.item.entry.path
                    + (file.item.entry.type == entry_type::directory ? "/" : "");
    return text;
}

BOOST_AUTO_TEST_CASE(keeps_the_path_of_a_file)
{
    BOOST_TEST(paths("a/b/c.txt") == "a/ a/b/ a/b/c.txt");
    BOOST_TEST(paths("/h.txt") == "h.txt");
    BOOST_TEST(paths("./a/e.txt") == "a/ a/e.txt");
}

BOOST_AUTO_TEST_CASE(takes_all_in_a_folder)
{
    BOOST_TEST(paths("a/b") == "a/ a/b/ a/b/c.txt a/b/d.md");
    BOOST_TEST(paths("f/") == "f/ f/b/ f/b/g.txt");
    BOOST_TEST(paths(".") == paths("/"));
    BOOST_TEST(paths("./") == "a/ a/b/ a/b/c.txt a/b/d.md a/e.txt f/ f/b/ f/b/g.txt h.txt");
}

BOOST_AUTO_TEST_CASE(leaves_out_what_stands_before_the_pivot)
{
    BOOST_TEST(paths("a/./b/c.txt") == "b/ b/c.txt");
    BOOST_TEST(paths("a/b/./c.txt") == "c.txt");
    BOOST_TEST(paths("./a/./b") == "b/ b/c.txt b/d.md");
    BOOST_TEST(paths("a/b/./") == "c.txt d.md");
    BOOST_TEST(paths("?/./b/*.txt") == "b/ b/c.txt b/ b/g.txt");
}

BOOST_AUTO_TEST_CASE(matches_wildcards_at_any_depth)
{
    BOOST_TEST(paths("*/b/*.txt") == "a/ a/b/ a/b/c.txt f/ f/b/ f/b/g.txt");
    BOOST_TEST(paths("**/*.txt") == "a/ a/b/ a/b/c.txt a/e.txt f/ f/b/ f/b/g.txt h.txt");
    BOOST_TEST(paths("a/**/d.md") == "a/ a/b/ a/b/d.md");
    BOOST_TEST(paths("*.nothing").empty());
}

BOOST_AUTO_TEST_CASE(excludes_relative_to_the_pivot)
{
    BOOST_TEST(paths("a", {"a/b"}) == "a/ a/e.txt");
    BOOST_TEST(paths("a/./b", {"**/*.md"}) == "b/ b/c.txt");
}

BOOST_AUTO_TEST_CASE(a_plain_word_must_name_something)
{
    auto const is_missing = [](error const& e) { return e.code() == errc::not_found; };
    BOOST_CHECK_EXCEPTION(paths("a/x"), error, is_missing);
    BOOST_CHECK_EXCEPTION(paths("x/./b"), error, is_missing);
    BOOST_CHECK_EXCEPTION(paths("h.txt/./b"), error, is_missing);
}

BOOST_AUTO_TEST_SUITE_END()
