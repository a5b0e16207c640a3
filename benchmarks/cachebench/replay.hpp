// Replays a trace through a cache of one policy and one budget.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_REPLAY_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_REPLAY_HPP

#include <cachebench/request_list.hpp>

#include <acrx/replacement/any_replacement.hpp>
#include <acrx/replacement/bounded_set.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace acrx::cachebench {
/// What a cache did for the builds of a trace.
struct replay_result
{
    std::uint64_t requests = 0;
    std::uint64_t hits = 0;
    double bytes = 0;        ///< of the layers asked for
    double hit_bytes = 0;    ///< of those that were there
    double seconds = 0;      ///< to make everything
    double saved = 0;        ///< by what was there
    double moved_bytes = 0;  ///< written to the cache and removed from it
    std::vector<double> saved_by_build;
    std::vector<double> seconds_by_build;
};

/// Asks `cache` for each step in turn, and lets it take in what it lacks.
/// @param cache  of the ids of the list
/// @param tick   called with the index of each request before it is made
template<class Cache, class Tick>
replay_result replay(request_list const& trace, Cache& cache, Tick tick)
{
    replay_result result;
    result.saved_by_build.resize(trace.builds);
    result.seconds_by_build.resize(trace.builds);
    std::vector<std::uint32_t> gone;
    for (std::size_t i = 0; i < trace.requests.size(); ++i) {
        tick(i);
        auto const& request = trace.requests[i];
        auto const cost = trace.costs[request.id];
        auto const bytes = static_cast<double>(cost.bytes);
        result.bytes += bytes;
        result.seconds += cost.seconds;
        result.seconds_by_build[request.build] += cost.seconds;
        if (cache.find(request.id)) {
            ++result.hits;
            result.hit_bytes += bytes;
            result.saved += cost.seconds;
            result.saved_by_build[request.build] += cost.seconds;
            continue;
        }
        gone.clear();
        if (cache.insert(request.id, cost, gone))
            result.moved_bytes += bytes;
        for (auto const id : gone)
            result.moved_bytes += static_cast<double>(trace.costs[id].bytes);
    }
    result.requests = trace.requests.size();
    return result;
}

/// A policy under test: makes a cache of a budget and replays the trace.
struct policy
{
    std::string name;
    std::function<replay_result(request_list const&, std::uint64_t budget)> run;
    bool is_offline = false;  ///< knows the future: for comparison only
};

/// A policy of your own: an admission and an eviction, made for each replay.
///
///     policies.push_back(make_policy("mine", [] { return always_admission<layer_id>(); }, [] { return my_eviction<layer_id>(); }));
template<class MakeAdmission, class MakeEviction>
policy make_policy(std::string name, MakeAdmission make_admission, MakeEviction make_eviction)
{
    auto run = [make_admission, make_eviction](request_list const& trace, std::uint64_t budget) {
        basic_bounded_set cache(make_admission(), make_eviction(), budget);
        return replay(trace, cache, [](std::size_t) {});
    };
    return {std::move(name), std::move(run)};
}

/// A policy by the name that `acrx-quick build --cache-policy` takes.
/// @throws error (`errc::invalid_argument`)
inline policy named_policy(std::string const& name)
{
    auto const chosen = parse_replacement_policy(name);
    auto run = [chosen](request_list const& trace, std::uint64_t budget) {
        manual_clock clock;
        named_bounded_set<std::uint32_t, manual_clock> cache(named_admission<std::uint32_t>(chosen),
                                                             acrx::make_eviction<std::uint32_t>(chosen, clock), budget);
        return replay(trace, cache, [&](std::size_t i) {
            clock.set(time_point(std::chrono::seconds(trace.times[trace.requests[i].build])));
        });
    };
    return {name, std::move(run)};
}
}  // namespace acrx::cachebench
#endif
