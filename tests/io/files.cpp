#include <acrx/io/files.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
using namespace acrx;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(io_files)
BOOST_AUTO_TEST_CASE(reads_back_what_it_writes)
{
    testing::scratch_folder scratch;
    std::string const bytes("a\0b\n", 4);
    write_file(scratch / "x", "old");
    write_file(scratch / "x", bytes, durability::synced);
    BOOST_TEST(read_file(scratch / "x", 4) == bytes);
    BOOST_TEST(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
    BOOST_CHECK_EXCEPTION(read_file(scratch / "x", 3), error, [](error const& e) { return e.code() == errc::invalid_argument; });
    BOOST_CHECK_EXCEPTION(read_file(scratch / "y", 3), error, [](error const& e) { return e.code().value() == ENOENT; });
    BOOST_TEST(!read_file("/proc/self/status", 100'000).empty());
}

BOOST_AUTO_TEST_CASE(leaves_no_half_file_when_the_disk_is_full)
{
    BOOST_CHECK_EXCEPTION(write_all(::open("/dev/full", O_WRONLY), std::as_bytes(std::span("xx", 2)), "/dev/full"), error,
                          [](error const& e) { return e.code().value() == ENOSPC && !e.advice().empty(); });
    testing::scratch_folder scratch;
    fs::create_directory(scratch / "taken");
    BOOST_CHECK_THROW(write_file(scratch / "taken", "x"), error);
    BOOST_TEST(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(knows_the_names_of_the_dead)
{
    auto const mine = temporary_name("/x", "run").filename().string();
    BOOST_TEST(mine != temporary_name("/x", "run").filename().string());
    BOOST_TEST(!is_abandoned(mine));
    BOOST_TEST(!is_abandoned("run"));
    BOOST_TEST(!is_abandoned("a.b.c.d"));
    BOOST_TEST(is_abandoned("run.1.2.3"));
    BOOST_TEST(is_abandoned("run." + std::to_string(::getpid()) + ".5.1"));
}

BOOST_AUTO_TEST_CASE(removes_trees_and_follows_no_link)
{
    testing::scratch_folder scratch;
    scratch.write("outside/keep", "x");
    auto const tree = scratch / "tree";
    scratch.write("tree/a/b/c", "x");
    fs::create_directory_symlink(scratch / "outside", tree / "link");
    fs::create_directory(tree / "locked");
    std::ofstream(tree / "locked" / "f") << "x";
    fs::permissions(tree / "locked", fs::perms::owner_read);
    fs::permissions(tree / "a", fs::perms::none);
    remove_tree(tree);
    BOOST_TEST(!fs::exists(tree));
    BOOST_TEST(fs::exists(scratch / "outside/keep"));
    remove_tree(tree);
    remove_tree(scratch / "outside/keep");
    BOOST_TEST(!fs::exists(scratch / "outside/keep"));
}

BOOST_AUTO_TEST_CASE(removes_trees_that_are_deeper_than_files_can_be_open)
{
    testing::scratch_folder scratch;
    fs::create_directory(scratch / "deep");
    unique_fd at(::open((scratch / "deep").c_str(), O_RDONLY | O_DIRECTORY));
    for (int i = 0; i < 3000; ++i) {
        BOOST_REQUIRE(::mkdirat(at.get(), "d", 0755) == 0);
        at.reset(::openat(at.get(), "d", O_RDONLY | O_DIRECTORY));
    }
    remove_tree(scratch / "deep");
    BOOST_TEST(!fs::exists(scratch / "deep"));
}

BOOST_AUTO_TEST_CASE(gives_a_lock_to_one_at_a_time)
{
    testing::scratch_folder scratch;
    {
        file_lock const mine(scratch / "lock");
        BOOST_TEST(!file_lock::try_lock(scratch / "lock").has_value());
    }
    BOOST_TEST(file_lock::try_lock(scratch / "lock").has_value());
}
BOOST_AUTO_TEST_SUITE_END()
