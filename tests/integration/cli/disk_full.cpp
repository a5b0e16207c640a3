// Builds on a disk that is too small: one clear error, nothing half-written, and the next build works.
#include "build_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <support/small_disk.hpp>
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(cli_disk_full, *boost::unit_test::precondition(can_run_steps))
namespace {
void check_full(tool_result const& result)
{
    BOOST_TEST(result.status == 4, result.status << " " << result.err);
    BOOST_TEST(result.err.find("error: ") != std::string::npos, result.err);
    BOOST_TEST(result.err.find("No space left on device") != std::string::npos, result.err);
    BOOST_TEST(result.err.find("hint: The disk is full") != std::string::npos, result.err);
}

struct small_home : build_folder
{
    small_home()
    {
        write("ctx/large", noise(12'000'000));
        write("ctx/small", noise(100'000));
    }
    void check_that_it_still_works(std::size_t free_before) const
    {
        BOOST_TEST(left_behind_on_disk() == "");
        BOOST_TEST(disk.free() + 200'000 > free_before);
        auto const result = build("FROM scratch\nCOPY small /\n", {"-t", "app:1"});
        BOOST_TEST(result.status == 0, result.err);
    }
    /// The disk itself is a mount below our folder.
    std::string left_behind_on_disk() const
    {
        auto lines = left_behind();
        for (auto at = lines.find(" - tmpfs tmpfs "); at != lines.npos; at = lines.find(" - tmpfs tmpfs ")) {
            auto const begin = lines.rfind('\n', at) == lines.npos ? 0 : lines.rfind('\n', at) + 1;
            lines.erase(begin, lines.find('\n', at) + 1 - begin);
        }
        return lines;
    }
    small_disk disk{path() / "home", 8'000'000};
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(stops_a_copy_that_does_not_fit, small_home)
{
    auto const before = disk.free();
    check_full(build("FROM scratch\nCOPY large /\n", {"-t", "app:1"}));
    check_that_it_still_works(before);
}
BOOST_FIXTURE_TEST_CASE(stops_a_step_that_writes_too_much, small_home)
{
    add_busybox();
    BOOST_TEST_REQUIRE(build("FROM scratch\nCOPY busybox /bin/sh\n", {"-t", "sh:1"}).status == 0);
    auto const before = disk.free();
    auto const result = build("FROM scratch\nCOPY busybox /bin/sh\nRUN [\"/bin/sh\", \"-c\", \"exec -a dd /bin/sh "
                              "if=/dev/zero of=/x bs=1000000 count=20\"]\n",
                              {"-t", "app:1"});
    BOOST_TEST((result.status == 1 || result.status == 4), result.err);
    BOOST_TEST(result.err.find("No space left on device") != std::string::npos, result.err);
    check_that_it_still_works(before - 3'000'000);  // the unpacked layer with the shell stays
}
BOOST_FIXTURE_TEST_CASE(stops_an_archive_that_does_not_fit, small_home)
{
    small_disk const out(path() / "out", 1'000'000);
    auto const before = disk.free();
    for (auto const* type : {"oci", "docker"}) {
        write("ctx/medium", noise(2'000'000));
        auto const file = path() / "out/image.tar";
        check_full(build("FROM scratch\nCOPY medium /\n",
                         {"-t", "app:1", "--output", "type=" + std::string(type) + ",dest=" + file.string()}));
        BOOST_TEST(std::filesystem::is_empty(path() / "out"));
    }
    check_that_it_still_works(before - 2'100'000);
}
BOOST_FIXTURE_TEST_CASE(stops_when_the_disk_is_full_from_the_start, small_home)
{
    write("home/filler", "");
    {
        std::ofstream filler(path() / "home/filler", std::ios::binary);
        for (std::string const piece(65536, 'x'); filler << piece << std::flush;) {
        }
    }
    check_full(build("FROM scratch\nCOPY small /\n", {"-t", "app:1"}));
    std::filesystem::remove(path() / "home/filler");
    check_that_it_still_works(disk.free());
}
BOOST_AUTO_TEST_SUITE_END()
