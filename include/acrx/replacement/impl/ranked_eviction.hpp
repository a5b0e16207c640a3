// Bodies of replacement/ranked_eviction.hpp.
#ifndef ACRX_REPLACEMENT_IMPL_RANKED_EVICTION_HPP
#define ACRX_REPLACEMENT_IMPL_RANKED_EVICTION_HPP
#include <acrx/replacement/ranked_eviction.hpp>

#include <utility>

namespace acrx {
namespace detail {
template<class Id>
void ranked_entries<Id>::insert(Id const& id, entry_cost cost, double worth)
{
    auto const tick = ++tick_;
    entries_.emplace(id, entry{worth, tick, 1, cost});
    order_.insert(key{worth, tick, id});
}

template<class Id>
void ranked_entries<Id>::rank(Id const& id, double worth)
{
    auto& ranked = find(id);
    auto node = order_.extract(key{ranked.worth, ranked.tick, id});
    ranked.worth = worth;
    ranked.tick = ++tick_;
    ++ranked.uses;
    node.value().worth = worth;
    node.value().tick = ranked.tick;
    order_.insert(std::move(node));
}

template<class Id>
void ranked_entries<Id>::erase(Id const& id)
{
    auto const found = entries_.find(id);
    if (found == entries_.end())
        return;
    order_.erase(key{found->second.worth, found->second.tick, id});
    entries_.erase(found);
}

template<class Id>
std::optional<std::pair<Id, double>> ranked_entries<Id>::take_least()
{
    if (order_.empty())
        return std::nullopt;
    auto const node = order_.extract(order_.begin());
    entries_.erase(node.value().id);
    return std::pair(node.value().id, node.value().worth);
}
}  // namespace detail

template<class Id>
std::optional<Id> lfu_eviction<Id>::evict()
{
    auto const least = entries_.take_least();
    return least ? std::optional(least->first) : std::nullopt;
}

template<class Id>
void gdsf_eviction<Id>::touch(Id const& id)
{
    auto const& found = entries_.find(id);
    entries_.rank(id, age_ + worth(found.uses + 1, found.cost));
}

template<class Id>
std::optional<Id> gdsf_eviction<Id>::evict()
{
    auto const least = entries_.take_least();
    if (!least)
        return std::nullopt;
    age_ = least->second;
    return least->first;
}
}  // namespace acrx
#endif
