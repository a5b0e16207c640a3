#include <acrx/replacement/ranked_eviction.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

using namespace acrx;
static_assert(cache_eviction<lfu_eviction<int>> && cache_eviction<gdsf_eviction<int>>);

BOOST_AUTO_TEST_SUITE(replacement_ranked_eviction)

/// Both policies at once, each victim found by looking at all entries.
struct plain_ranking
{
    struct item
    {
        double worth = 0;
        int last = 0;
        int uses = 0;
        entry_cost cost{};
    };
    bool is_greedy = false;
    std::map<int, item> items;
    double age = 0;
    int now = 0;

    void use(int id)
    {
        auto& i = items.at(id);
        ++i.uses;
        i.last = ++now;
        i.worth = is_greedy ? age + i.uses * i.cost.seconds / static_cast<double>(i.cost.bytes) : i.uses;
    }
    void insert(int id, entry_cost cost)
    {
        items[id].cost = cost;
        use(id);
    }
    int evict()
    {
        auto const least = std::min_element(items.begin(), items.end(), [](auto const& a, auto const& b) {
            return std::tie(a.second.worth, a.second.last) < std::tie(b.second.worth, b.second.last);
        });
        auto const id = least->first;
        age = least->second.worth;
        items.erase(least);
        return id;
    }
};

template<class Eviction>
void compare(bool is_greedy, unsigned seed)
{
    std::mt19937 random(seed);
    Eviction fast;
    plain_ranking plain;
    plain.is_greedy = is_greedy;
    for (int step = 0; step < 20'000; ++step) {
        auto const id = static_cast<int>(std::min(random() % 200, random() % 200));
        if (plain.items.contains(id) && random() % 20 == 0) {
            fast.erase(id);
            plain.items.erase(id);
        } else if (plain.items.contains(id)) {
            fast.touch(id);
            plain.use(id);
        } else {
            entry_cost const cost{.bytes = 1 + random() % 1000, .seconds = static_cast<double>(random() % 100) / 8};
            fast.insert(id, cost);
            plain.insert(id, cost);
        }
        while (plain.items.size() > 40)
            BOOST_REQUIRE(fast.evict() == plain.evict());
        BOOST_REQUIRE(fast.size() == plain.items.size());
    }
    fast.erase(1000);
    while (!plain.items.empty())
        BOOST_REQUIRE(fast.evict() == plain.evict());
    BOOST_TEST(!fast.evict().has_value());
}

BOOST_AUTO_TEST_CASE(lfu_agrees_with_its_plain_model) { compare<lfu_eviction<int>>(false, 1); }
BOOST_AUTO_TEST_CASE(gdsf_agrees_with_its_plain_model) { compare<gdsf_eviction<int>>(true, 2); }

BOOST_AUTO_TEST_CASE(gdsf_keeps_what_saves_most_by_byte)
{
    gdsf_eviction<int> e;
    e.insert(1, {.bytes = 1000, .seconds = 1});
    e.insert(2, {.bytes = 10, .seconds = 1});
    e.insert(3, {.bytes = 1000, .seconds = 50});
    BOOST_TEST(*e.evict() == 1);
    BOOST_TEST(*e.evict() == 3);
    BOOST_TEST(*e.evict() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
