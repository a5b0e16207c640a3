// What no cache can surpass: Belady's eviction, which knows the future, and a bound on the seconds that can be saved.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_OPTIMUM_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_OPTIMUM_HPP

#include <cachebench/replay.hpp>
#include <cachebench/request_list.hpp>

#include <acrx/replacement/cache_eviction.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace acrx::cachebench {
/// For each request of a list, and for each id as of now, the index of the next request with the same id.
struct future
{
    static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    std::vector<std::uint64_t> next;
    std::vector<std::uint64_t> next_of;

    explicit future(request_list const& trace)
        : next(trace.requests.size(), never), next_of(trace.costs.size(), never)
    {
        std::vector<std::uint64_t> last(trace.costs.size(), never);
        for (auto i = trace.requests.size(); i-- > 0;) {
            next[i] = last[trace.requests[i].id];
            last[trace.requests[i].id] = i;
        }
    }
    /// The request of this index is being made.
    void advance(request_list const& trace, std::size_t i) { next_of[trace.requests[i].id] = next[i]; }
};

/// Gives up what is asked for latest (Belady, 1966). The best there is for layers of one size and one cost.
class belady_eviction
{
public:
    using id_type = layer_id;
    explicit belady_eviction(std::shared_ptr<future const> when) : future_(std::move(when)) {}

    void insert(layer_id i, entry_cost) { place(i); }
    void touch(layer_id i)
    {
        erase(i);
        place(i);
    }
    void erase(layer_id i)
    {
        if (auto const known = when_.find(i); known != when_.end()) {
            order_.erase({known->second, i});
            when_.erase(known);
        }
    }
    std::optional<layer_id> evict()
    {
        if (order_.empty())
            return std::nullopt;
        auto const last = std::prev(order_.end())->second;
        erase(last);
        return last;
    }
    std::size_t size() const { return when_.size(); }

private:
    void place(layer_id i)
    {
        auto const next = future_->next_of[i];
        when_[i] = next;
        order_.insert({next, i});
    }

    std::shared_ptr<future const> future_;
    std::unordered_map<layer_id, std::uint64_t> when_;
    std::set<std::pair<std::uint64_t, layer_id>> order_;
};
static_assert(cache_eviction<belady_eviction>);

/// What is never asked for again is not taken in, nor what is asked for later than what would have to go.
class belady_admission
{
public:
    using id_type = layer_id;
    explicit belady_admission(std::shared_ptr<future const> when) : future_(std::move(when)) {}
    void note(layer_id) {}
    bool admits(layer_id i, entry_cost) const { return future_->next_of[i] != future::never; }
    bool prefers(layer_id i, layer_id other) const { return future_->next_of[i] < future_->next_of[other]; }

private:
    std::shared_ptr<future const> future_;
};

inline policy belady_policy()
{
    auto run = [](request_list const& trace, std::uint64_t budget) {
        auto const when = std::make_shared<future>(trace);
        basic_bounded_set cache(belady_admission{when}, belady_eviction{when}, budget);
        return replay(trace, cache, [&](std::size_t i) { when->advance(trace, i); });
    };
    return {"belady", std::move(run), true};
}

/// An upper bound of the seconds that a cache of this budget can save, whatever the sizes and costs of layers (PFOO-L;
/// Berger, Beckmann, Harchol-Balter, 2018): to hit, a layer takes up its bytes from one request to the next; of all
/// these the best by seconds a byte and request are taken until budget times requests is used up.
inline double most_savable(request_list const& trace, std::uint64_t budget)
{
    struct span
    {
        double seconds;
        double space;
    };
    future const when(trace);
    std::vector<span> spans;
    for (std::size_t i = 0; i < trace.requests.size(); ++i) {
        auto const& cost = trace.costs[trace.requests[i].id];
        if (when.next[i] != future::never && cost.bytes <= budget)
            spans.push_back({cost.seconds, static_cast<double>(cost.bytes) * static_cast<double>(when.next[i] - i)});
    }
    std::sort(spans.begin(), spans.end(), [](span const& a, span const& b) { return a.seconds * b.space > b.seconds * a.space; });
    double room = static_cast<double>(budget) * static_cast<double>(trace.requests.size());
    double saved = 0;
    for (auto const& one : spans) {
        auto const share = one.space <= room || one.space == 0 ? 1.0 : room / one.space;
        saved += share * one.seconds;
        room -= share * one.space;
        if (share < 1)
            break;
    }
    return saved;
}
}  // namespace acrx::cachebench
#endif
