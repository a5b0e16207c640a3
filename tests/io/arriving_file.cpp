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

BOOST_AUTO_TEST_CASE(says_where_it_cannot_be)
{
    acrx::testing::scratch_folder const folder;
    BOOST_CHECK_THROW(arriving_file(folder / "none" / "a"), acrx::error);
}

BOOST_AUTO_TEST_SUITE_END()
