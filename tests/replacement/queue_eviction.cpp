#include <acrx/replacement/queue_eviction.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

using namespace acrx;
static_assert(cache_eviction<fifo_eviction<int>> && cache_eviction<lru_eviction<int>>);
static_assert(cache_eviction<sieve_eviction<int>> && cache_eviction<s3_fifo_eviction<int>>);

BOOST_AUTO_TEST_SUITE(replacement_queue_eviction)

/// An entry of the plain models: queues are vectors, the newest at the end.
struct item
{
    int id = 0;
    int uses = 0;
};
using queue = std::vector<item>;

queue::iterator find_in(queue& q, int id)
{
    return std::find_if(q.begin(), q.end(), [id](item const& i) { return i.id == id; });
}

struct plain_fifo
{
    queue q;
    void insert(int id) { q.push_back({id, 0}); }
    void touch(int) {}
    void erase(int id) { q.erase(find_in(q, id)); }
    int evict()
    {
        auto const id = q.front().id;
        q.erase(q.begin());
        return id;
    }
};

struct plain_lru : plain_fifo
{
    void touch(int id)
    {
        erase(id);
        insert(id);
    }
};

struct plain_sieve
{
    queue q;
    int hand = -1;  ///< id
    void insert(int id) { q.push_back({id, 0}); }
    void touch(int id) { find_in(q, id)->uses = 1; }
    void erase(int id)
    {
        auto const at = find_in(q, id);
        if (hand == id)
            hand = at + 1 == q.end() ? -1 : (at + 1)->id;
        q.erase(at);
    }
    int evict()
    {
        auto at = hand == -1 ? q.begin() : find_in(q, hand);
        while (at->uses != 0) {
            at->uses = 0;
            if (++at == q.end())
                at = q.begin();
        }
        auto const id = at->id;
        hand = id;
        erase(id);
        return id;
    }
};

struct plain_s3_fifo
{
    queue newcomers;
    queue main;
    std::deque<int> names;
    queue& queue_of(int id) { return find_in(newcomers, id) != newcomers.end() ? newcomers : main; }
    void insert(int id)
    {
        auto const name = std::find(names.begin(), names.end(), id);
        (name != names.end() ? main : newcomers).push_back({id, 0});
        if (name != names.end())
            names.erase(name);
    }
    void touch(int id)
    {
        auto& uses = find_in(queue_of(id), id)->uses;
        uses = std::min(3, uses + 1);
    }
    void erase(int id)
    {
        auto& q = queue_of(id);
        q.erase(find_in(q, id));
    }
    int evict()
    {
        bool const from_newcomers = newcomers.size() * 10 >= newcomers.size() + main.size() || main.empty();
        while (from_newcomers && !newcomers.empty()) {
            auto const first = newcomers.front();
            newcomers.erase(newcomers.begin());
            if (first.uses > 1) {
                main.push_back({first.id, 0});
                continue;
            }
            names.push_back(first.id);
            while (names.size() > std::max<std::size_t>(1, main.size()))
                names.pop_front();
            return first.id;
        }
        while (true) {
            auto first = main.front();
            main.erase(main.begin());
            if (first.uses == 0)
                return first.id;
            --first.uses;
            main.push_back(first);
        }
    }
};

/// Drives both through the same random trace with a cache of some entries; every victim must be the same.
template<class Eviction, class Plain>
void compare(unsigned seed)
{
    std::mt19937 random(seed);
    Eviction fast;
    Plain plain;
    std::vector<bool> here(200);
    std::size_t count = 0;
    for (int step = 0; step < 20'000; ++step) {
        // Small numbers are asked for more often.
        auto const id = static_cast<int>(std::min(random() % 200, random() % 200));
        auto const at = static_cast<std::size_t>(id);
        if (here[at] && random() % 20 == 0) {
            fast.erase(id);
            plain.erase(id);
            here[at] = false;
            --count;
        } else if (here[at]) {
            fast.touch(id);
            plain.touch(id);
        } else {
            fast.insert(id, {});
            plain.insert(id);
            here[at] = true;
            ++count;
        }
        while (count > 40 || (count > 0 && random() % 500 == 0)) {
            auto const victim = fast.evict();
            auto const expected = plain.evict();
            BOOST_REQUIRE(victim.has_value());
            BOOST_REQUIRE(*victim == expected);
            here[static_cast<std::size_t>(expected)] = false;
            --count;
        }
        BOOST_REQUIRE(fast.size() == count);
    }
    fast.erase(1000);
    while (count-- > 0)
        BOOST_REQUIRE(fast.evict() == plain.evict());
    BOOST_TEST(!fast.evict().has_value());
}

BOOST_AUTO_TEST_CASE(fifo_agrees_with_its_plain_model) { compare<fifo_eviction<int>, plain_fifo>(1); }
BOOST_AUTO_TEST_CASE(lru_agrees_with_its_plain_model) { compare<lru_eviction<int>, plain_lru>(2); }
BOOST_AUTO_TEST_CASE(sieve_agrees_with_its_plain_model) { compare<sieve_eviction<int>, plain_sieve>(3); }
BOOST_AUTO_TEST_CASE(s3_fifo_agrees_with_its_plain_model) { compare<s3_fifo_eviction<int>, plain_s3_fifo>(4); }

BOOST_AUTO_TEST_CASE(sieve_spares_what_was_used)
{
    sieve_eviction<int> e;
    for (int i = 1; i <= 3; ++i)
        e.insert(i, {});
    e.touch(1);
    BOOST_TEST(*e.evict() == 2);
    BOOST_TEST(*e.evict() == 3);
    BOOST_TEST(*e.evict() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
