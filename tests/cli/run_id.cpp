#include <acrx/cli/run_id.hpp>
#include <acrx/task/run_id.hpp>
#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <cctype>
#include <mutex>
#include <set>
#include <thread>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_run_id)
BOOST_AUTO_TEST_CASE(names_increase_and_fit_into_tags)
{
    BOOST_TEST(run_id_of(1) == "ca1");
    BOOST_TEST(run_id_of(26) == "caq");
    BOOST_TEST(run_id_of(36) == "cb0");
    std::string last;
    for (std::uint64_t number = 1; number < 3000; ++number) {
        auto const name = run_id_of(number);
        BOOST_TEST_REQUIRE(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos);
        BOOST_TEST_REQUIRE((name.size() > last.size() || name > last));
        last = name;
    }
}
BOOST_AUTO_TEST_CASE(are_unique_when_many_ask_at_once)
{
    testing::scratch_folder folder;
    std::set<std::string> seen;
    std::mutex guard;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                auto id = cli::next_run_id(folder / "runs");
                std::lock_guard const hold(guard);
                seen.insert(std::move(id));
            }
        });
    for (auto& thread : threads)
        thread.join();
    BOOST_TEST(seen.size() == 200U);
    BOOST_TEST(cli::next_run_id(folder / "runs") == run_id_of(201));
}
BOOST_AUTO_TEST_CASE(are_not_given_twice_after_the_counter_was_lost)
{
    testing::scratch_folder folder;
    folder.write("runs/ca1.json", "{}");
    folder.write("runs/counter", "damaged");
    BOOST_TEST(cli::next_run_id(folder / "runs") == "ca2");
}
BOOST_AUTO_TEST_SUITE_END()
