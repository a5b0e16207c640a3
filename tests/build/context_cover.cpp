#include <acrx/build/detail/context_cover.hpp>

#include <acrx/context/context_files.hpp>
#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <unistd.h>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_detail_context_cover)

struct covered
{
    covered()
    {
        std::filesystem::create_directories(files.path() / "empty");
        files.write("a/keep", "kept");
        files.write("a/drop.log", "dropped");
        files.write("b/c/deep", "deep");
        into = cover / "into";
        std::filesystem::create_directories(into);
    }
    detail::cover make(std::string const& ignore = {}) const
    {
        context_files const context(files.path(), parse_ignore_rules(ignore));
        return detail::make_cover(files.path(), context.below(""), into);
    }
    /// What an overlay of the cover and the folder shows: mode, owner and name of each file, and `script`'s output.
    std::string look(std::string const& script = "true") const
    {
        return testing::must("unshare -m sh -ec 'mount -t overlay overlay -o lowerdir=" + into.string() + ":"
                             + files.path().string() + ",metacopy=on " + mount.path().string() + "; cd "
                             + mount.path().string() + "; find . -mindepth 1 -printf \"%m %U:%G %P\\n\" | sort -k3; "
                             + script + "'");
    }

    testing::scratch_folder files;
    testing::scratch_folder cover;
    testing::scratch_folder mount;
    std::filesystem::path into;
};

bool is_root()
{
    if (::geteuid() == 0)
        return true;
    BOOST_TEST_MESSAGE("skipped: needs root");
    return false;
}

BOOST_FIXTURE_TEST_CASE(nothing_is_made_where_all_is_as_it_should_be, covered)
{
    if (!is_root())
        return;
    BOOST_TEST((make() == detail::cover::not_needed));
    BOOST_TEST(std::filesystem::is_empty(into));
}

BOOST_FIXTURE_TEST_CASE(hides_what_is_ignored, covered)
{
    if (!is_root())
        return;
    BOOST_TEST((make("**/*.log\nb\n") == detail::cover::made));
    BOOST_TEST(look("cat a/keep") == "755 0:0 a\n644 0:0 a/keep\n755 0:0 empty\nkept");
}

BOOST_FIXTURE_TEST_CASE(hides_the_siblings_of_what_an_ignored_folder_keeps, covered)
{
    if (!is_root())
        return;
    files.write("b/other", "x");
    BOOST_TEST((make("b\n!b/c\n") == detail::cover::made));
    BOOST_TEST(look() == "755 0:0 a\n644 0:0 a/drop.log\n644 0:0 a/keep\n755 0:0 b\n755 0:0 b/c\n644 0:0 b/c/deep\n755 0:0 empty\n");
}

BOOST_FIXTURE_TEST_CASE(root_owns_all_and_bytes_times_and_modes_stay, covered)
{
    if (!is_root())
        return;
    std::filesystem::create_symlink("a/keep", files / "link");
    BOOST_TEST_REQUIRE(::chmod((files / "a/keep").c_str(), 04750) == 0);
    testing::must("chown -hR 1000:1001 " + files.path().string() + " && chmod 4750 " + (files / "a/keep").string()
                  + " && touch -hd @86400 " + (files / "a/keep").string() + " " + (files / "a").string());
    BOOST_TEST((make() == detail::cover::made));
    BOOST_TEST(look("cat link b/c/deep; stat -c %Y a/keep a")
               == "755 0:0 a\n644 0:0 a/drop.log\n4750 0:0 a/keep\n755 0:0 b\n755 0:0 b/c\n644 0:0 b/c/deep\n755 0:0 empty\n"
                  "777 0:0 link\nkeptdeep86400\n86400\n");
    // No byte was copied.
    struct stat status
    {};
    BOOST_TEST_REQUIRE(::stat((into / "b/c/deep").c_str(), &status) == 0);
    BOOST_TEST(status.st_blocks < 9);
    BOOST_TEST(status.st_size == 4);
}

BOOST_AUTO_TEST_SUITE_END()
