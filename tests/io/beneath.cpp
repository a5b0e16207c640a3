#include <acrx/io/beneath.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <fcntl.h>

#include <filesystem>
using namespace acrx;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(io_beneath)
namespace {
bool is_outside(error const& e)
{
    return e.code() == errc::outside_root;
}
struct tree : testing::scratch_folder
{
    fs::path grow()
    {
        write("root/dir/file", "in");
        write("secret", "out");
        fs::create_symlink("dir/file", path() / "root/inner");
        fs::create_symlink("../secret", path() / "root/outer");
        fs::create_symlink("/dir/file", path() / "root/absolute");
        return path() / "root";
    }
    beneath root{grow()};
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(opens_what_is_below, tree)
{
    BOOST_TEST(!!root.open("dir/file", O_RDONLY, links::refuse));
    BOOST_TEST(!!root.open("inner", O_RDONLY, links::beneath));
    BOOST_TEST(!!root.open("absolute", O_RDONLY, links::in_root));
    BOOST_TEST(!root.open_if_there("dir/none", O_RDONLY, links::refuse).has_value());
    BOOST_TEST(!root.open_if_there("dir/file/x", O_RDONLY, links::refuse).has_value());
    BOOST_TEST(!!root.open("", O_RDONLY, links::refuse));
}

BOOST_FIXTURE_TEST_CASE(refuses_what_leads_out, tree)
{
    for (auto const* path : {"outer", "../secret", "absolute", "dir/../../secret", "/etc/passwd"})
        BOOST_CHECK_EXCEPTION(root.open(path, O_RDONLY, links::beneath), error, is_outside);
    BOOST_CHECK_EXCEPTION(root.open("inner", O_RDONLY, links::refuse), error, is_outside);
    BOOST_CHECK_THROW(root.open("outer", O_RDONLY, links::in_root), error);  // there is no /secret in the root
}

BOOST_FIXTURE_TEST_CASE(tells_about_links_without_following_the_last, tree)
{
    BOOST_TEST(S_ISLNK(root.status("outer", links::refuse)->st_mode));
    BOOST_TEST(root.read_link("outer", links::refuse) == "../secret");
    BOOST_TEST(!root.status("none", links::refuse).has_value());
}

BOOST_FIXTURE_TEST_CASE(makes_folders, tree)
{
    BOOST_TEST(root.make_folder("dir/new", links::refuse));
    BOOST_TEST(!root.make_folder("dir/new", links::refuse));
    BOOST_CHECK_THROW(root.make_folder("dir/file", links::refuse), error);
    BOOST_CHECK_THROW(root.make_folder("inner", links::refuse), error);
    BOOST_CHECK_EXCEPTION(root.make_folder("../x", links::refuse), error, is_outside);
}
BOOST_AUTO_TEST_SUITE_END()
