// What the benchmark of cache policies reports is right on traces whose answer is known.
#include <cachebench/chart.hpp>
#include <cachebench/comparison.hpp>
#include <cachebench/report.hpp>
#include <cachebench/synthetic.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace acrx;
using namespace acrx::cachebench;

BOOST_AUTO_TEST_SUITE(cachebench_replay)

/// Builds of one step each; a letter is a layer of 10 bytes, a capital one of 30; each takes its number in seconds.
request_list requests_of(std::string const& letters)
{
    std::vector<traced_step> steps;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        traced_step step;
        step.build = i + 1;
        step.keys.fill(static_cast<short_key>(letters[i]));
        bool const is_large = letters[i] < 'a';
        step.bytes = is_large ? 30 : 10;
        step.seconds = letters[i] - (is_large ? 'A' : 'a') + 1;
        steps.push_back(step);
    }
    return to_requests(steps, 0);
}

BOOST_AUTO_TEST_CASE(counts_hits_bytes_and_seconds)
{
    auto const trace = requests_of("abab");
    BOOST_TEST(trace.unique_bytes == 20U);
    BOOST_TEST(trace.builds == 4U);
    auto const result = named_policy("lru").run(trace, 20);
    BOOST_TEST(result.hits == 2U);
    BOOST_TEST(result.saved == 3.0);
    BOOST_TEST(result.seconds == 6.0);
    BOOST_TEST(result.moved_bytes == 20.0);
    BOOST_TEST(named_policy("lru").run(trace, 10).hits == 0U);
    BOOST_TEST(named_policy("lru").run(trace, 5).moved_bytes == 0.0);
}

BOOST_AUTO_TEST_CASE(belady_is_never_worse_in_hits_for_equal_sizes)
{
    auto const trace = requests_of("abcabcdabecbadcbeadcbabcde");
    for (std::uint64_t budget : {10, 20, 30, 40}) {
        auto const best = belady_policy().run(trace, budget).hits;
        for (auto const* name : {"fifo", "lru", "lfu", "sieve", "s3-fifo", "gdsf", "lru,tinylfu"})
            BOOST_TEST(named_policy(name).run(trace, budget).hits <= best, name << " at " << budget);
    }
    BOOST_TEST(belady_policy().run(requests_of("abcabc"), 20).hits == 2U);
}

BOOST_AUTO_TEST_CASE(no_policy_saves_more_than_the_bound)
{
    for (std::uint64_t seed : {1, 2, 3}) {
        auto const trace = to_requests(synthetic_trace(3000, seed, 10), 0);
        for (auto const percent : {1, 5, 20, 60, 100}) {
            auto const budget = trace.unique_bytes * static_cast<std::uint64_t>(percent) / 100;
            auto const bound = most_savable(trace, budget);
            for (auto const* name : {"fifo", "lru", "lfu", "sieve", "s3-fifo", "gdsf", "gdsf,tinylfu", "belady"}) {
                auto const policy = std::string(name) == "belady" ? belady_policy() : named_policy(name);
                BOOST_TEST(policy.run(trace, budget).saved <= bound * (1 + 1e-9), name << " at " << percent << "%");
            }
        }
        auto const all = named_policy("lru").run(trace, trace.unique_bytes);
        BOOST_TEST(all.saved <= most_savable(trace, trace.unique_bytes) * (1 + 1e-9));
        BOOST_TEST(all.hits == all.requests - trace.costs.size());
    }
}

BOOST_AUTO_TEST_CASE(entries_that_live_for_a_time_are_lost_after_it)
{
    std::vector<traced_step> steps;
    for (std::int64_t time : {0, 50, 170}) {
        traced_step step;
        step.time = time;
        step.build = static_cast<std::uint64_t>(time) + 1;
        step.keys.fill(7);
        step.bytes = 1;
        steps.push_back(step);
    }
    auto const trace = to_requests(steps, 0);
    BOOST_TEST(named_policy("ttl=200s").run(trace, 10).hits == 2U);
    BOOST_TEST(named_policy("lru").run(trace, 10).hits == 2U);
}

BOOST_AUTO_TEST_CASE(a_policy_of_ones_own_joins_with_one_line)
{
    std::vector<policy> policies{named_policy("lru")};
    policies.push_back(make_policy("mine", [] { return always_admission<layer_id>(); }, [] { return fifo_eviction<layer_id>(); }));
    auto const rows = compare(requests_of("abcabcabc"), "content", policies, {20, 30}, 2);
    BOOST_REQUIRE(rows.size() == 6U);
    BOOST_TEST(rows[2].policy == "mine");
    BOOST_TEST(rows[3].hit_ratio == rows[1].hit_ratio);
    BOOST_TEST(rows[4].policy == "bound");
    BOOST_TEST(rows[1].regret == 0.0);
    BOOST_TEST(rows[0].regret == 1.0);
    auto const csv = to_csv(rows);
    BOOST_TEST(csv.starts_with("key,policy,budgetBytes,requests,hitRatio,"));
    BOOST_TEST(std::count(csv.begin(), csv.end(), '\n') == 7);
    BOOST_TEST(to_table(rows).find("mine") != std::string::npos);
    BOOST_TEST(to_json(rows).find("\"policy\": \"mine\"") != std::string::npos);
    auto const svg = rebuild_chart(rows).svg();
    BOOST_TEST(svg.find("<polyline") != std::string::npos);
    BOOST_TEST(svg.ends_with("</svg>\n"));
}

BOOST_AUTO_TEST_CASE(intervals_shrink_with_steadiness)
{
    std::vector<double> wholes(400, 1.0);
    std::vector<double> steady(400, 0.5);
    BOOST_TEST(half_interval(steady, wholes) < 1e-12);
    std::vector<double> wild;
    for (int i = 0; i < 400; ++i)
        wild.push_back(i % 40 < 20 ? 0.0 : 1.0);
    BOOST_TEST(half_interval(wild, wholes) > 0.1);
    BOOST_TEST(half_interval({1, 0}, {1, 1}) == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()
