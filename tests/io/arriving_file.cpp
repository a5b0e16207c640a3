#include <acrx/io/arriving_file.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <filesystem>
#include <iterator>
#include <span>
#include <string>

using acrx::arriving_file;

BOOST_AUTO_TEST_SUITE(io_arriving_file)

void write(arriving_file& file, std::string const& text)
{
    file.write(std::as_bytes(std::span(text)));
}

std::size_t count_in(std::filesystem::path const& folder)
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

BOOST_AUTO_TEST_CASE(has_its_name_only_when_it_is_kept)
{
    acrx::testing::scratch_folder const folder;
    {
        arriving_file file(folder / "a");
        write(file, "one ");
        write(file, "two");
        BOOST_TEST(!std::filesystem::exists(folder / "a"));
        file.keep();
        BOOST_TEST(acrx::read_file(folder / "a", 100) == "one two");
    }
    BOOST_TEST(count_in(folder.path()) == 1U);
    {
        arriving_file file(folder / "a");
        write(file, "of another that broke off");
    }
    BOOST_TEST(acrx::read_file(folder / "a", 100) == "one two");
    BOOST_TEST(count_in(folder.path()) == 1U);
}

BOOST_AUTO_TEST_CASE(may_be_written_elsewhere_and_read_by_those_named)
{
    acrx::testing::scratch_folder const folder;
    std::filesystem::create_directory(folder / "ingest");
    arriving_file file(folder / "a", folder / "ingest" / "part", 0400);
    write(file, "text");
    BOOST_TEST(std::filesystem::exists(folder / "ingest" / "part"));
    file.keep();
    BOOST_TEST(acrx::read_file(folder / "a", 100) == "text");
    BOOST_TEST((std::filesystem::status(folder / "a").permissions() == std::filesystem::perms{0400}));
    BOOST_TEST(count_in(folder / "ingest") == 0U);
}

BOOST_AUTO_TEST_CASE(takes_over_a_file_that_is_whole)
{
    acrx::testing::scratch_folder const folder;
    acrx::write_file(folder / "part", "whole");
    arriving_file::adopt(folder / "a", folder / "part").keep();
    BOOST_TEST(acrx::read_file(folder / "a", 100) == "whole");
    acrx::write_file(folder / "part", "not wanted");
    static_cast<void>(arriving_file::adopt(folder / "a", folder / "part"));
    BOOST_TEST(acrx::read_file(folder / "a", 100) == "whole");
    BOOST_TEST(count_in(folder.path()) == 1U);
    BOOST_CHECK_THROW(arriving_file::adopt(folder / "a", folder / "part"), acrx::error);
}

BOOST_AUTO_TEST_CASE(says_where_it_cannot_be)
{
    acrx::testing::scratch_folder const folder;
    BOOST_CHECK_THROW(arriving_file(folder / "none" / "a"), acrx::error);
}

BOOST_AUTO_TEST_SUITE_END()
