#include <acrx/replacement/bounded_set.hpp>

#include <acrx/core/clock.hpp>
#include <acrx/replacement/any_replacement.hpp>
#include <acrx/replacement/queue_eviction.hpp>
#include <acrx/replacement/simple_admission.hpp>
#include <acrx/replacement/tiny_lfu_admission.hpp>
#include <acrx/replacement/ttl_eviction.hpp>
#include <support/archetypes/cache_admission.hpp>
#include <support/archetypes/cache_eviction.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>
#include <set>
#include <vector>

namespace acrx {
using only_what_the_concepts_say = basic_bounded_set<testing::cache_admission_archetype, testing::cache_eviction_archetype>;
static_assert(sizeof(only_what_the_concepts_say) > 0);
}  // namespace acrx

using namespace acrx;
using std::chrono::seconds;

BOOST_AUTO_TEST_SUITE(replacement_bounded_set)

template<class Admission, class Eviction>
bool put(basic_bounded_set<Admission, Eviction>& set, int id, std::uint64_t bytes, std::vector<int>* gone = nullptr)
{
    std::vector<int> ignored;
    return set.insert(id, {bytes, 1}, gone != nullptr ? *gone : ignored);
}

BOOST_AUTO_TEST_CASE(gives_up_what_the_eviction_names_until_the_new_entry_fits)
{
    basic_bounded_set set(always_admission<int>(), lru_eviction<int>(), 10);
    BOOST_TEST(put(set, 1, 4));
    BOOST_TEST(put(set, 2, 4));
    BOOST_TEST(set.find(1));
    std::vector<int> gone;
    BOOST_TEST(put(set, 3, 5, &gone));
    BOOST_TEST(gone == std::vector<int>{2}, boost::test_tools::per_element());
    BOOST_TEST(set.bytes() == 9U);
    BOOST_TEST(!set.find(2));
}

BOOST_AUTO_TEST_CASE(declines_what_is_larger_than_the_whole_budget)
{
    basic_bounded_set set(always_admission<int>(), fifo_eviction<int>(), 10);
    BOOST_TEST(put(set, 1, 4));
    BOOST_TEST(!put(set, 2, 11));
    BOOST_TEST(set.contains(1));
    BOOST_TEST(set.size() == 1U);
}

BOOST_AUTO_TEST_CASE(leaves_what_may_not_go_and_takes_it_first_once_it_may)
{
    basic_bounded_set set(always_admission<int>(), fifo_eviction<int>(), 3);
    for (int id : {1, 2, 3})
        put(set, id, 1);
    std::vector<int> gone;
    BOOST_TEST(set.insert(4, {1, 1}, gone, [](int id) { return id != 1; }));
    BOOST_TEST(gone == std::vector<int>{2}, boost::test_tools::per_element());
    BOOST_TEST(!set.insert(5, {1, 1}, gone, [](int) { return false; }));
    BOOST_TEST(set.size() == 3U);
    gone.clear();
    BOOST_TEST(put(set, 6, 2, &gone));
    BOOST_TEST(gone.size() == 2U);
    BOOST_TEST(set.bytes() == 3U);
}

BOOST_AUTO_TEST_CASE(a_spared_entry_that_is_used_is_in_order_again)
{
    basic_bounded_set set(always_admission<int>(), lru_eviction<int>(), 2);
    put(set, 1, 1);
    put(set, 2, 1);
    std::vector<int> gone;
    set.insert(3, {1, 1}, gone, [](int) { return false; });
    BOOST_TEST(gone.empty());
    BOOST_TEST(set.find(1));
    put(set, 4, 1, &gone);
    BOOST_TEST(gone == std::vector<int>{2}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tiny_lfu_keeps_what_is_asked_for_more_often)
{
    basic_bounded_set set(tiny_lfu_admission<int>(64), lru_eviction<int>(), 2);
    for (int i = 0; i < 5; ++i) {
        set.find(1);
        set.find(2);
    }
    put(set, 1, 1);
    put(set, 2, 1);
    set.find(3);
    BOOST_TEST(!put(set, 3, 1));
    BOOST_TEST(set.contains(1));
    for (int i = 0; i < 9; ++i)
        set.find(3);
    BOOST_TEST(put(set, 3, 1));
    BOOST_TEST(set.size() == 2U);
}

BOOST_AUTO_TEST_CASE(entries_go_when_their_time_is_over)
{
    manual_clock clock;
    basic_bounded_set set(always_admission<int>(), ttl_eviction<int, manual_clock>(seconds(10), clock), 100);
    put(set, 1, 1);
    clock.advance(seconds(6));
    put(set, 2, 1);
    clock.advance(seconds(5));
    std::vector<int> gone;
    put(set, 3, 1, &gone);
    BOOST_TEST(gone == std::vector<int>{1}, boost::test_tools::per_element());
    clock.advance(seconds(20));
    gone.clear();
    set.trim(gone, [](int id) { return id != 2; });
    BOOST_TEST(gone == std::vector<int>{3}, boost::test_tools::per_element());
    BOOST_TEST(set.contains(2));
}

BOOST_AUTO_TEST_CASE(limits_by_size_and_by_cost_are_both_kept)
{
    basic_bounded_set set(admission_of_all(size_admission<int>(10), cost_admission<int>(2)), fifo_eviction<int>());
    std::vector<int> gone;
    BOOST_TEST(!set.insert(1, {11, 5}, gone));
    BOOST_TEST(!set.insert(2, {10, 1.9}, gone));
    BOOST_TEST(set.insert(3, {10, 2}, gone));
}

BOOST_AUTO_TEST_CASE(never_holds_more_than_the_budget_whatever_the_policy)
{
    for (auto const* name : {"fifo", "lru", "lfu", "sieve", "s3-fifo", "gdsf", "ttl=3s", "lru,tinylfu",
                             "s3-fifo,tinylfu,max-size=90", "gdsf,min-seconds=1"}) {
        auto const policy = parse_replacement_policy(name);
        manual_clock clock;
        named_bounded_set<int, manual_clock> set(named_admission<int>(policy), make_eviction<int>(policy, clock), 1000);
        std::mt19937 dice(7);
        std::set<int> model;
        for (int i = 0; i < 5000; ++i) {
            clock.advance(seconds(dice() % 2));
            int const id = static_cast<int>(dice() % 60 * (dice() % 4));
            bool const found = set.find(id);
            BOOST_REQUIRE(found == model.contains(id));
            if (found)
                continue;
            std::vector<int> gone;
            auto const protectee = static_cast<int>(dice() % 60);
            auto const may_go = [&](int other) { return other != protectee; };
            bool const is_in = set.insert(id, {1 + static_cast<std::uint64_t>(id) % 100, static_cast<double>(id % 7)}, gone, may_go);
            for (int const old : gone)
                BOOST_REQUIRE(model.erase(old) == 1U && old != protectee);
            if (is_in)
                model.insert(id);
            BOOST_REQUIRE(set.bytes() <= 1000U);
            BOOST_REQUIRE(set.size() == model.size());
        }
        BOOST_TEST(model.size() > 1U, name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
