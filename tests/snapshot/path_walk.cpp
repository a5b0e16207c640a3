#include <acrx/snapshot/path_walk.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <string_view>

using namespace acrx;

namespace {
/// A root of folders, files and links: `/` for a folder, `-` for a file, else the text of a link.
struct small_root
{
    std::map<std::string, std::string> places{
        {"usr", "/"},      {"usr/lib", "/"},        {"usr/lib/a.so", "-"}, {"lib", "usr/lib"},     {"data", "/srv/data"},
        {"srv", "/"},      {"srv/data", "/"},       {"up", "../../../usr"}, {"loop", "loop"},       {"to_file", "usr/lib/a.so"},
        {"slash", "lib/"}, {"nowhere", "usr/none"}, {"chain", "data/back"}, {"srv/data/back", "../.."},
    };

    walked_path walk(std::string_view path, bool follow_last = true) const
    {
        return walk_path(path, follow_last, [this](std::string const& at) -> walked_place {
            auto const found = places.find(at);
            if (found == places.end())
                return {.link = {}, .is_there = false, .is_folder = false};
            if (found->second == "/" || found->second == "-")
                return {.link = {}, .is_there = true, .is_folder = found->second == "/"};
            return {.link = found->second, .is_there = true, .is_folder = false};
        });
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(snapshot_path_walk)

BOOST_AUTO_TEST_CASE(follows_links_as_a_kernel_in_a_root)
{
    small_root const root;
    BOOST_TEST(root.walk("/lib/a.so").path == "usr/lib/a.so");
    BOOST_TEST(root.walk("data").path == "srv/data");
    BOOST_TEST(root.walk("up/lib").path == "usr/lib");
    BOOST_TEST(root.walk("chain/lib/./a.so").path == "usr/lib/a.so");
    BOOST_TEST(root.walk("../..").path == "");
    BOOST_TEST(root.walk("/lib/..//lib").path == "usr/lib");
}

BOOST_AUTO_TEST_CASE(leaves_the_last_link_if_it_is_told_to)
{
    small_root const root;
    BOOST_TEST(root.walk("lib", false).path == "lib");
    BOOST_TEST(root.walk("lib/", false).path == "usr/lib");
    BOOST_TEST(root.walk("data/back", false).path == "srv/data/back");
}

BOOST_AUTO_TEST_CASE(says_whether_the_whole_path_is_there)
{
    small_root const root;
    BOOST_TEST(root.walk("lib/a.so").is_whole);
    BOOST_TEST(root.walk("slash/a.so").is_whole);
    BOOST_TEST(!root.walk("lib/b.so").is_whole);
    BOOST_TEST(!root.walk("nowhere/x").is_whole);
    BOOST_TEST(root.walk("nowhere/x").path == "usr/none/x");
    BOOST_TEST(!root.walk("to_file/").is_whole);
    BOOST_TEST(!root.walk("to_file/..").is_whole);
}

BOOST_AUTO_TEST_CASE(gives_up_on_a_circle_of_links)
{
    small_root const root;
    BOOST_TEST(root.walk("loop", false).path == "loop");
    BOOST_CHECK_EXCEPTION(root.walk("loop"), error, [](error const& e) { return e.code() == errc::outside_root; });
}

BOOST_AUTO_TEST_SUITE_END()
