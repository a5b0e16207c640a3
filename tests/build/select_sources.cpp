#include <acrx/build/select_sources.hpp>

#include <acrx/core/error.hpp>
#include <support/tree_of_names.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using acrx::testing::tree_of_names;

BOOST_AUTO_TEST_SUITE(build_select_sources)

std::vector<std::string> selected(tree_of_names const& tree, std::vector<std::string> words,
                                  std::vector<std::string> excludes = {})
{
    std::vector<std::string> lines;
    for (auto const& source : select_sources(tree, words, excludes)) {
        auto line = source.name + "=" + source.top.item.entry.path + ":";
        for (auto const& file : source.below)
            line += " " + file.item.entry.path;
        lines.push_back(line);
    }
    return lines;
}

void check(std::vector<std::string> const& lines, std::vector<std::string> const& expected)
{
    BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

tree_of_names const tree({"a.go", "b.go", "d/", "d/x.go", "d/s/", "d/s/y.go", ".hidden", "way>d", "file>a.go", "a[0].txt"});

BOOST_AUTO_TEST_CASE(takes_plain_paths_wherever_they_lead)
{
    check(selected(tree, {"a.go"}), {"a.go=a.go:"});
    check(selected(tree, {"/../../a.go", "./d//s/../x.go"}), {"a.go=a.go:", "x.go=d/x.go:"});
    check(selected(tree, {"way", "file"}), {"way=d: s s/y.go x.go", "file=a.go:"});
    check(selected(tree, {"."}), {"=: .hidden a.go a[0].txt b.go d d/s d/s/y.go d/x.go file way"});
}

BOOST_AUTO_TEST_CASE(expands_wildcards_as_go_does)
{
    check(selected(tree, {"*.go"}), {"a.go=a.go:", "b.go=b.go:"});
    check(selected(tree, {"?.go", "d/*/*.go"}), {"a.go=a.go:", "b.go=b.go:", "y.go=d/s/y.go:"});
    check(selected(tree, {"[^a].go", "a[[]0].txt"}), {"b.go=b.go:", "a[0].txt=a[0].txt:"});
    check(selected(tree, {"none*"}), {});
    check(selected(tree, {"w*"}), {"way=d: s s/y.go x.go"});
    check(selected(tree, {"*idden"}), {".hidden=.hidden:"});
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_excluded)
{
    check(selected(tree, {"d"}, {"**/*.go", "!s/y.go"}), {"d=d: s s/y.go"});
    check(selected(tree, {"*.go"}, {"b.go"}), {"a.go=a.go:"});
}

BOOST_AUTO_TEST_CASE(says_which_path_is_missing)
{
    BOOST_CHECK_EXCEPTION(selected(tree, {"d/none"}), error, [](error const& e) {
        return e.code() == errc::not_found
               && e.text() == "failed to calculate checksum of ref context: \"/d/none\": not found";
    });
    BOOST_CHECK_EXCEPTION(selected(tree, {"../d/none"}), error, [](error const& e) {
        return e.text() == "failed to calculate checksum of ref context: \"/d/none\" (\"../d/none\" leads out of the "
                           "context): not found";
    });
}

BOOST_AUTO_TEST_SUITE_END()
