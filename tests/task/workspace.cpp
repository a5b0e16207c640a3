#include <acrx/task/workspace.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <array>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_workspace)

BOOST_AUTO_TEST_CASE(copies_what_the_rules_leave_and_what_is_always_wanted)
{
    testing::scratch_folder folder;
    folder.write("ctx/.dockerignore", "*.log\nbuild\n");
    folder.write("ctx/a.txt", "a");
    folder.write("ctx/b.log", "b");
    folder.write("ctx/build/in/Dockerfile", "d");
    folder.write("ctx/build/other", "o");
    folder.write("ctx/.git/HEAD", "h");
    std::filesystem::create_symlink("a.txt", folder / "ctx/link");
    std::array const always{std::string("build/in/Dockerfile"), std::string("missing")};
    copy_context({.root = folder / "ctx", .revision = {}}, always, folder / "copy", {});
    BOOST_TEST(std::filesystem::is_symlink(folder / "copy/link"));
    BOOST_TEST(std::filesystem::exists(folder / "copy/a.txt"));
    BOOST_TEST(std::filesystem::exists(folder / "copy/build/in/Dockerfile"));
    for (auto const* out : {"copy/b.log", "copy/build/other", "copy/.git", "copy/missing"})
        BOOST_TEST(!std::filesystem::exists(folder / out), out);
}
BOOST_AUTO_TEST_CASE(finds_paths_below_the_workspace_only)
{
    testing::scratch_folder folder;
    folder.write("w/sub/file", "f");
    std::filesystem::create_symlink("/etc", folder / "w/out");
    std::filesystem::create_symlink("sub", folder / "w/in");
    auto const root = folder / "w";
    BOOST_TEST(path_in_workspace(root, "/workspace", ".") == root);
    BOOST_TEST(path_in_workspace(root, "/workspace/sub", "file") == root / "sub/file");
    BOOST_TEST(path_in_workspace(root, "/workspace/sub", "/workspace/new") == root / "new");
    BOOST_TEST(path_in_workspace(root, "/workspace", "in/file") == root / "in/file");
    BOOST_TEST(path_in_folder(root, "/run/keys/", "/workspace", "/run/keys/in/file").value() == root / "in/file");
    for (auto const* path : {"/run/keys/out/passwd", "/run/keys/../x", "/run/keys2", "keys"})
        BOOST_TEST(!path_in_folder(root, "/run/keys", "/run", path).has_value() == (path != std::string("keys")), path);
    for (auto const* path : {"..", "/etc", "sub/../../x", "out/passwd", "/workspace2"})
        BOOST_CHECK_EXCEPTION(path_in_workspace(root, "/workspace", path), error,
                              [](error const& e) { return e.code() == errc::outside_root; });
}
BOOST_AUTO_TEST_SUITE_END()
