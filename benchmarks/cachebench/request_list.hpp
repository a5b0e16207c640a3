// A trace as requests to a cache, under one key policy.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_REQUEST_LIST_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_REQUEST_LIST_HPP

#include <acrx/replacement/cache_eviction.hpp>
#include <acrx/replacement/step_trace.hpp>

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace acrx::cachebench {
using layer_id = std::uint32_t;

struct request
{
    layer_id id = 0;
    std::uint32_t build = 0;
};

/// Requests in their order, and what each layer costs. Ids and builds are numbered from 0.
struct request_list
{
    std::vector<request> requests;
    std::vector<entry_cost> costs;    ///< by id
    std::vector<std::int64_t> times;  ///< by build: seconds since 1970
    std::size_t builds = 0;
    std::uint64_t unique_bytes = 0;   ///< of all layers together: a cache of this size never gives up anything
};

/// @param key  index in `traced_keys`; steps without such a key are left out
inline request_list to_requests(std::vector<traced_step> const& steps, std::size_t key)
{
    request_list list;
    list.requests.reserve(steps.size());
    std::unordered_map<short_key, layer_id> ids;
    std::uint64_t last_build = 0;
    std::int64_t last_time = 0;
    for (auto const& step : steps) {
        if (step.keys[key] == 0)
            continue;
        if (list.builds == 0 || step.build != last_build || step.time != last_time) {
            ++list.builds;
            list.times.push_back(step.time);
            last_build = step.build;
            last_time = step.time;
        }
        auto const [known, is_new] = ids.try_emplace(step.keys[key], static_cast<layer_id>(list.costs.size()));
        if (is_new) {
            list.costs.push_back({step.bytes, step.seconds});
            list.unique_bytes += step.bytes;
        }
        list.requests.push_back({known->second, static_cast<std::uint32_t>(list.builds - 1)});
    }
    return list;
}
}  // namespace acrx::cachebench
#endif
