#include <acrx/io/scratch_file.hpp>

#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <filesystem>
#include <utility>

using acrx::scratch_file;

BOOST_AUTO_TEST_SUITE(io_scratch_file)

BOOST_AUTO_TEST_CASE(removes_its_file_once_and_minds_no_missing_one)
{
    acrx::testing::scratch_folder const folder;
    auto const path = folder.write("one", "text");
    {
        scratch_file first(path);
        scratch_file const second(std::move(first));
        { auto const nothing = std::move(first); }
        BOOST_TEST(std::filesystem::exists(path));
        BOOST_TEST(second.path() == path);
    }
    BOOST_TEST(!std::filesystem::exists(path));
    { scratch_file const gone(path); }
}

BOOST_AUTO_TEST_CASE(leaves_a_file_that_was_renamed)
{
    acrx::testing::scratch_folder const folder;
    auto const path = folder.write("one", "text");
    {
        scratch_file const file(path);
        std::filesystem::rename(path, folder / "kept");
    }
    BOOST_TEST(std::filesystem::exists(folder / "kept"));
}

BOOST_AUTO_TEST_SUITE_END()
