// Evictions that keep entries sorted by what they are worth: least frequently used, greedy dual size frequency.
#ifndef ACRX_REPLACEMENT_RANKED_EVICTION_HPP
#define ACRX_REPLACEMENT_RANKED_EVICTION_HPP

#include <acrx/replacement/cache_eviction.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>

namespace acrx {
namespace detail {
/// Entries by worth; of equals the one that was used longest ago comes first. All operations are O(log n).
template<class Id>
class ranked_entries
{
public:
    struct entry
    {
        double worth = 0;
        std::uint64_t tick = 0;  ///< of the last use; no two are equal
        std::uint64_t uses = 1;
        entry_cost cost{};
    };

    std::size_t size() const noexcept { return entries_.size(); }
    void insert(Id const& id, entry_cost cost, double worth);
    entry& find(Id const& id) { return entries_.find(id)->second; }
    /// Counts a use, and ranks the entry anew.
    void rank(Id const& id, double worth);
    void erase(Id const& id);
    /// Takes out the least. @return nothing if there is none
    std::optional<std::pair<Id, double>> take_least();

private:
    struct key
    {
        double worth;
        std::uint64_t tick;
        Id id;
        bool operator<(key const& other) const
        {
            return worth < other.worth || (worth == other.worth && tick < other.tick);
        }
    };
    std::unordered_map<Id, entry> entries_;
    std::set<key> order_;
    std::uint64_t tick_ = 0;
};
}  // namespace detail

/// Gives up the entry that was used least often; of equals the one that was not used for the longest time.
template<class Id>
class lfu_eviction
{
public:
    using id_type = Id;
    void insert(Id const& id, entry_cost cost) { entries_.insert(id, cost, 1); }
    void touch(Id const& id) { entries_.rank(id, static_cast<double>(entries_.find(id).uses + 1)); }
    void erase(Id const& id) { entries_.erase(id); }
    std::optional<Id> evict();
    std::size_t size() const noexcept { return entries_.size(); }

private:
    detail::ranked_entries<Id> entries_;
};

/// Greedy dual size frequency (Cherkasova, 1998) with the measured seconds as cost: an entry is worth its uses times the
/// seconds that it saves by byte that it takes, on top of what the last entry that was given up was worth. So what was
/// dear once grows old.
template<class Id>
class gdsf_eviction
{
public:
    using id_type = Id;
    void insert(Id const& id, entry_cost cost) { entries_.insert(id, cost, age_ + worth(1, cost)); }
    void touch(Id const& id);
    void erase(Id const& id) { entries_.erase(id); }
    std::optional<Id> evict();
    std::size_t size() const noexcept { return entries_.size(); }

private:
    static double worth(std::uint64_t uses, entry_cost cost)
    {
        return static_cast<double>(uses) * cost.seconds / static_cast<double>(cost.bytes > 0 ? cost.bytes : 1);
    }

    detail::ranked_entries<Id> entries_;
    double age_ = 0;
};
}  // namespace acrx

#include <acrx/replacement/impl/ranked_eviction.hpp>
#endif
