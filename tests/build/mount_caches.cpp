#include <acrx/build/mount_caches.hpp>

#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <future>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_mount_caches)

/// A cache that is there already.
struct ready_cache
{
    ready_cache()
    {
        auto fresh = hold(cache_sharing::shared);
        BOOST_TEST_REQUIRE(fresh.is_new());
        first = fresh.folder().parent_path() / "data";
        fresh.seal();
    }
    held_cache hold(cache_sharing sharing, std::string const& id = "id") const
    {
        return testing::run(mount_caches(folder.path()).hold(id, sharing));
    }

    testing::scratch_folder folder;
    std::filesystem::path first;
};

/// Whether the cache can be had within a tenth of a second.
bool is_free(mount_caches const& caches, cache_sharing sharing)
{
    net::io_context host;
    auto waiting = net::co_spawn(host, caches.hold("id", sharing), net::use_future);
    host.run_for(std::chrono::milliseconds(100));
    return waiting.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

BOOST_FIXTURE_TEST_CASE(a_sealed_cache_is_found_again, ready_cache)
{
    auto const held = hold(cache_sharing::shared);
    BOOST_TEST(!held.is_new());
    BOOST_TEST(held.folder() == first);
    BOOST_TEST(hold(cache_sharing::shared, "other").is_new());
}

BOOST_FIXTURE_TEST_CASE(what_was_never_sealed_is_made_anew, ready_cache)
{
    {
        auto const lost = hold(cache_sharing::locked, "other");
        folder.write(std::filesystem::relative(lost.folder(), folder.path()).string() + "/half", "x");
    }
    auto const again = hold(cache_sharing::locked, "other");
    BOOST_TEST(again.is_new());
    BOOST_TEST(std::filesystem::is_empty(again.folder()));
}

BOOST_FIXTURE_TEST_CASE(shared_users_meet, ready_cache)
{
    auto const one = hold(cache_sharing::shared);
    auto const two = hold(cache_sharing::shared);
    BOOST_TEST(one.folder() == two.folder());
}

BOOST_FIXTURE_TEST_CASE(private_users_part, ready_cache)
{
    auto one = hold(cache_sharing::private_copy);
    BOOST_TEST(one.folder() == first);
    auto two = hold(cache_sharing::private_copy);
    BOOST_TEST(two.is_new());
    auto const second = two.folder().parent_path();
    two.seal();
    // The sibling is used again while the first is in use.
    BOOST_TEST(hold(cache_sharing::private_copy).folder() == second / "data");
}

BOOST_FIXTURE_TEST_CASE(locked_users_wait, ready_cache)
{
    mount_caches const caches(folder.path());
    {
        auto const one = hold(cache_sharing::locked);
        BOOST_TEST(!is_free(caches, cache_sharing::locked));
    }
    BOOST_TEST(is_free(caches, cache_sharing::locked));
    auto const reader = hold(cache_sharing::shared);
    BOOST_TEST(!is_free(caches, cache_sharing::locked));
}

BOOST_FIXTURE_TEST_CASE(users_wait_until_a_shared_cache_is_filled, ready_cache)
{
    mount_caches const caches(folder / "more");
    auto fresh = testing::run(caches.hold("id", cache_sharing::shared));
    BOOST_TEST(!is_free(caches, cache_sharing::shared));
    fresh.seal();
    BOOST_TEST(is_free(caches, cache_sharing::shared));
}

BOOST_FIXTURE_TEST_CASE(a_lock_ends_with_its_process, ready_cache)
{
    int ready[2];
    BOOST_TEST_REQUIRE(::pipe(ready) == 0);
    auto const child = ::fork();
    if (child == 0) {
        auto const held = hold(cache_sharing::locked);
        [[maybe_unused]] auto const told = ::write(ready[1], "x", 1);
        ::pause();
    }
    char byte = 0;
    BOOST_TEST_REQUIRE(::read(ready[0], &byte, 1) == 1);
    mount_caches const caches(folder.path());
    BOOST_TEST(!is_free(caches, cache_sharing::locked));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    BOOST_TEST(is_free(caches, cache_sharing::locked));
    ::close(ready[0]);
    ::close(ready[1]);
}

BOOST_AUTO_TEST_SUITE_END()
