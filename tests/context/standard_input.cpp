#include <acrx/context/standard_input.hpp>

#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/tar_writer.hpp"

#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <thread>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_standard_input)

BOOST_AUTO_TEST_CASE(reads_an_archive_as_it_comes)
{
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    unique_fd const in(ends[0]);
    std::thread writer([out = ends[1]] {
        unique_fd const closing(out);
        auto const bytes = tar_writer().file("Dockerfile", std::string(300'000, '#')).finish();
        for (std::size_t at = 0; at < bytes.size(); at += 5000)
            if (::write(out, bytes.data() + at, std::min<std::size_t>(5000, bytes.size() - at)) < 0)
                return;
    });
    scratch_folder folder;
    auto const context = run(standard_input(in.get()).fetch(folder / "into"));
    writer.join();
    BOOST_TEST(std::filesystem::file_size(context.root / "Dockerfile") == 300'000U);
}

BOOST_AUTO_TEST_CASE(reads_a_dockerfile)
{
    scratch_folder folder;
    auto const file = folder.write("text", "FROM scratch\n");
    unique_fd const in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    auto const context = run(standard_input(in.get()).fetch(folder / "into"));
    BOOST_TEST(read_file(context.dockerfile, 100) == "FROM scratch\n");
    BOOST_TEST(std::filesystem::is_empty(context.root));
}

BOOST_AUTO_TEST_CASE(stops_waiting_when_cancelled)
{
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    unique_fd const in(ends[0]);
    unique_fd const out(ends[1]);
    scratch_folder folder;
    standard_input source(in.get());
    auto const into = folder / "into";
    BOOST_CHECK_EXCEPTION(run(with_deadline(source.fetch(into), std::chrono::milliseconds(50), "waiting")), error,
                          [](error const& e) { return e.code() == errc::timed_out; });
    BOOST_TEST(std::filesystem::is_empty(into));
}

BOOST_AUTO_TEST_SUITE_END()
