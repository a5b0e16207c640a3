#include <acrx/task/home_files.hpp>

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_home_files)
namespace {
struct home_of_run : acrx::testing::scratch_folder
{
    home_files files;
    std::filesystem::path const home = *this / "home";
    std::filesystem::path const config = home / ".docker/config.json";

    void renew(std::string const& text)
    {
        auto same = files;  // copies share
        same.update(".docker/config.json", [&](std::string const& now) { return now + text; });
    }
    static std::string text_of(std::filesystem::path const& path) { return read_file(path, 4096); }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(a_run_begins_with_what_was_set_last, home_of_run)
{
    files.set(".docker/config.json", "old");
    renew("+1");
    files.attach(home);
    BOOST_TEST(text_of(config) == "old+1");
    struct ::stat found{};
    BOOST_TEST(::stat(config.c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 07777U) == 0600U);
}

BOOST_FIXTURE_TEST_CASE(changes_what_steps_see_and_keeps_what_they_wrote, home_of_run)
{
    files.set(".docker/config.json", "old");
    files.attach(home);
    write_file(config, "by a step");
    renew("+1");
    BOOST_TEST(text_of(config) == "by a step+1");
    std::filesystem::remove_all(home / ".docker");
    renew("+2");
    BOOST_TEST(text_of(config) == "+2");
    files.detach();
    renew("+3");
    BOOST_TEST(text_of(config) == "+2");
}

BOOST_FIXTURE_TEST_CASE(follows_no_link_that_a_step_has_made, home_of_run)
{
    files.attach(home);
    write("outside/config.json", "of this machine");
    std::filesystem::create_directories(home / ".docker");
    std::filesystem::create_symlink(*this / "outside/config.json", config);
    renew("new");
    BOOST_TEST(text_of(config) == "new");
    BOOST_TEST(!std::filesystem::is_symlink(config));
    std::filesystem::remove_all(home / ".docker");
    std::filesystem::create_directory_symlink(*this / "outside", home / ".docker");
    BOOST_CHECK_EXCEPTION(renew("new"), error, [](error const& e) { return e.code() == errc::outside_root; });
    BOOST_TEST(text_of(*this / "outside/config.json") == "of this machine");
}

BOOST_FIXTURE_TEST_CASE(waits_for_no_pipe_that_a_step_has_made, home_of_run)
{
    files.attach(home);
    std::filesystem::create_directories(home / ".docker");
    BOOST_TEST(::mkfifo(config.c_str(), 0600) == 0);
    renew("new");
    BOOST_TEST(text_of(config) == "new");
}
BOOST_AUTO_TEST_SUITE_END()
