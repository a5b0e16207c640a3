#include <acrx/context/context_files.hpp>

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(context_context_files)

struct context_folder
{
    context_folder() { std::filesystem::create_directories(root); }
    ~context_folder()
    {
        std::filesystem::remove_all(root);
        std::filesystem::remove(index);
    }
    void write(std::string const& path, std::string const& text) const
    {
        std::filesystem::create_directories((root / path).parent_path());
        std::ofstream(root / path) << text;
    }
    std::vector<std::string> below(std::string const& rules) const
    {
        std::vector<std::string> paths;
        for (auto const& file : context_files(root, parse_ignore_rules(rules)).below(""))
            paths.push_back(file.item.entry.path);
        return paths;
    }
    std::filesystem::path root = temporary_name(std::filesystem::temp_directory_path(), "acrx-context-test");
    std::filesystem::path index = root.string() + ".index";
};

BOOST_FIXTURE_TEST_CASE(lists_what_the_rules_leave, context_folder)
{
    write("a/keep/x", "1");
    write("a/y", "2");
    write("a-b", "3");
    write("b/z", "4");
    BOOST_TEST(below("") == (std::vector<std::string>{"a", "a/keep", "a/keep/x", "a/y", "a-b", "b", "b/z"}),
               boost::test_tools::per_element());
    BOOST_TEST(below("a\n!a/keep\nb/*\n") == (std::vector<std::string>{"a", "a/keep", "a/keep/x", "a-b", "b"}),
               boost::test_tools::per_element());
    BOOST_TEST(below("a\n!a/none\n") == (std::vector<std::string>{"a-b", "b", "b/z"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(lists_deep_trees_in_path_order, context_folder)
{
    for (char a = 'a'; a < 'k'; ++a)
        for (char b = 'a'; b < 'f'; ++b) {
            write(std::string{a} + "/" + b + "/c/file", "text");
            write(std::string{a} + "/" + b + "-file", "text");
        }
    auto const all = below("");
    BOOST_TEST(all.size() == 10 + 50 * 4U);
    BOOST_TEST(std::is_sorted(all.begin(), all.end(), path_less{}));
    auto const some = below("*\n!c/d/c/file\n");
    std::vector<std::string> const wanted{"c", "c/d", "c/d/c", "c/d/c/file"};
    BOOST_TEST(some == wanted, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(tells_which_folder_cannot_be_listed, context_folder)
{
    write("a/b/c", "text");
    context_files const files(root, {});
    std::filesystem::permissions(root / "a/b", std::filesystem::perms::none);
    if (::geteuid() != 0)
        BOOST_CHECK_THROW(files.below(""), std::system_error);
    std::filesystem::permissions(root / "a/b", std::filesystem::perms::owner_all);
    BOOST_TEST(files.below("").size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(follows_links_inside_the_root_only, context_folder)
{
    write("real/f", "1");
    std::filesystem::create_symlink("real/f", root / "inside");
    std::filesystem::create_symlink("/real/f", root / "absolute");
    std::filesystem::create_symlink("../../../../etc/passwd", root / "outside");
    context_files const files(root, {});
    BOOST_TEST(files.find("inside")->item.entry.path == "real/f");
    BOOST_TEST(files.find("absolute")->item.entry.path == "real/f");
    BOOST_TEST(!files.find("outside").has_value());
    BOOST_TEST(!files.find("missing").has_value());
    BOOST_TEST(!files.find("real/f/x").has_value());
    BOOST_CHECK(files.find("")->item.entry.type == entry_type::directory);
}

BOOST_FIXTURE_TEST_CASE(does_not_find_what_is_left_out, context_folder)
{
    write("secret/key", "1");
    std::filesystem::create_symlink("secret/key", root / "way");
    context_files const files(root, parse_ignore_rules("secret\n"));
    BOOST_TEST(!files.find("secret/key").has_value());
    BOOST_TEST(!files.find("secret").has_value());
    BOOST_TEST(!files.find("way").has_value());
}

BOOST_FIXTURE_TEST_CASE(describes_links_and_shared_files, context_folder)
{
    write("one", "1");
    std::filesystem::create_hard_link(root / "one", root / "two");
    std::filesystem::create_symlink("nowhere", root / "way");
    ::chmod((root / "one").c_str(), 04755);
    auto const files = context_files(root, {}).below("");
    BOOST_REQUIRE_EQUAL(files.size(), 3U);
    BOOST_TEST(files[0].link_group == files[1].link_group);
    BOOST_TEST(!files[0].link_group.empty());
    BOOST_TEST(files[0].item.entry.mode == 04755U);
    BOOST_TEST(files[2].item.entry.link == "nowhere");
}

sha256_bytes content_of(context_files const& files, std::string const& path)
{
    auto found = files.find(path);
    std::vector<source_file*> list{&*found};
    files.hash(list, {});
    return *found->item.entry.content;
}

BOOST_FIXTURE_TEST_CASE(remembers_digests_until_a_file_changes, context_folder)
{
    write("f", "old");
    timeval const past[2] = {{1000, 0}, {1000, 0}};
    ::utimes((root / "f").c_str(), past);
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    {
        auto const stats = std::make_shared<stat_index>(index);
        BOOST_CHECK(content_of(context_files(root, {}, stats), "f") == sha256().update("old").finish_bytes());
        stats->save();
    }
    BOOST_TEST(std::filesystem::exists(index));
    write("f", "new");  // the same size and, below, the same mtime: the ctime tells
    ::utimes((root / "f").c_str(), past);
    auto const stats = std::make_shared<stat_index>(index);
    BOOST_CHECK(content_of(context_files(root, {}, stats), "f") == sha256().update("new").finish_bytes());
}

BOOST_FIXTURE_TEST_CASE(sees_attributes_that_were_set_after_it_remembered_a_file, context_folder)
{
    write("f", "text");
    if (::setxattr((root / "f").c_str(), "user.a", "1", 1, 0) != 0) {
        BOOST_TEST_MESSAGE("no extended attributes here");
        return;
    }
    ::removexattr((root / "f").c_str(), "user.a");
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    {
        auto const stats = std::make_shared<stat_index>(index);
        content_of(context_files(root, {}, stats), "f");
        stats->save();
    }
    ::setxattr((root / "f").c_str(), "user.a", "2", 1, 0);
    context_files const files(root, {}, std::make_shared<stat_index>(index));
    BOOST_REQUIRE_EQUAL(files.find("f")->item.entry.xattrs.size(), 1U);
    BOOST_TEST(files.find("f")->item.entry.xattrs[0].second == "2");
}

BOOST_FIXTURE_TEST_CASE(takes_a_damaged_index_for_none, context_folder)
{
    write("f", "text");
    for (std::string const text : {"", "acrxsta4", "acrxsta4xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) {
        std::ofstream(index) << text;
        auto const stats = std::make_shared<stat_index>(index);
        BOOST_CHECK(content_of(context_files(root, {}, stats), "f") == sha256().update("text").finish_bytes());
    }
}

BOOST_FIXTURE_TEST_CASE(prefers_the_rules_beside_the_dockerfile, context_folder)
{
    write(".dockerignore", "a\n");
    write("docker/App.Dockerfile", "FROM scratch\n");
    BOOST_TEST(find_ignore_rules(root, root / "docker/App.Dockerfile").excludes("a"));
    write("docker/App.Dockerfile.dockerignore", "b\n");
    auto const rules = find_ignore_rules(root, root / "docker/App.Dockerfile");
    BOOST_TEST(!rules.excludes("a"));
    BOOST_TEST(rules.excludes("b"));
    BOOST_TEST(rules.excludes(".git/config"));
    BOOST_TEST(!rules.excludes("sub/.git/config"));
}

BOOST_AUTO_TEST_SUITE_END()
