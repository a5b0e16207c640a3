#include <acrx/build/step_lock.hpp>

#include "support/run.hpp"
#include "support/scratch_folder.hpp"

#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(build_step_lock)
namespace {
struct fixture
{
    std::filesystem::path file() const { return folder / "lock"; }
    scratch_folder folder;
    digest const key = digest_of("a");
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(is_for_one_key, fixture)
{
    auto first = step_lock::try_lock(file(), key);
    BOOST_TEST(first.has_value());
    BOOST_TEST(!step_lock::try_lock(file(), key).has_value());
    BOOST_TEST(step_lock::try_lock(file(), digest_of("b")).has_value());
    first.reset();
    BOOST_TEST(step_lock::try_lock(file(), key).has_value());
}

BOOST_FIXTURE_TEST_CASE(ends_with_its_process, fixture)
{
    int ready[2];
    BOOST_TEST_REQUIRE(::pipe(ready) == 0);
    auto const child = ::fork();
    if (child == 0) {
        auto const held = step_lock::try_lock(file(), key);
        static_cast<void>(!::write(ready[1], "x", 1));
        ::pause();
        ::_exit(held ? 0 : 1);
    }
    char byte = 0;
    BOOST_TEST(::read(ready[0], &byte, 1) == 1);
    BOOST_TEST(!step_lock::try_lock(file(), key).has_value());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    BOOST_TEST(step_lock::try_lock(file(), key).has_value());
    ::close(ready[0]);
    ::close(ready[1]);
}

BOOST_FIXTURE_TEST_CASE(is_waited_for_until_the_waiting_is_cancelled, fixture)
{
    auto const held = step_lock::try_lock(file(), key);
    auto const wait = [&]() -> net::awaitable<void> {
        auto const lock = co_await step_lock::wait(file(), key);
        static_cast<void>(lock);
    };
    auto const start = std::chrono::steady_clock::now();
    BOOST_CHECK_THROW(run(with_deadline(wait(), std::chrono::milliseconds(60), "waiting")),
                      boost::system::system_error);
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(2)));
}

BOOST_AUTO_TEST_SUITE_END()
