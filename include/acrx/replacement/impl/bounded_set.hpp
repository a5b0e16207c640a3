// Bodies of replacement/bounded_set.hpp.
#ifndef ACRX_REPLACEMENT_IMPL_BOUNDED_SET_HPP
#define ACRX_REPLACEMENT_IMPL_BOUNDED_SET_HPP
#include <acrx/replacement/bounded_set.hpp>

#include <algorithm>

namespace acrx {
template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
bool basic_bounded_set<A, E>::find(id_type const& id)
{
    admission_.note(id);
    auto const known = entries_.find(id);
    if (known == entries_.end())
        return false;
    if (known->second.is_spared)
        unspare(id, known->second);
    eviction_.touch(id);
    return true;
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
void basic_bounded_set<A, E>::spare(id_type const& id)
{
    spared_.push_back(id);
    entries_.find(id)->second.is_spared = true;
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
void basic_bounded_set<A, E>::unspare(id_type const& id, entry& known)
{
    spared_.erase(std::find(spared_.begin(), spared_.end(), id));
    known.is_spared = false;
    eviction_.insert(id, known.cost);
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
std::optional<typename basic_bounded_set<A, E>::id_type> basic_bounded_set<A, E>::next_victim()
{
    if (spared_.empty())
        return eviction_.evict();
    auto id = spared_.front();
    spared_.pop_front();
    return id;
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
void basic_bounded_set<A, E>::drop(id_type const& id, std::vector<id_type>& gone)
{
    auto const known = entries_.find(id);
    bytes_ -= known->second.cost.bytes;
    entries_.erase(known);
    gone.push_back(id);
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
template<class MayGo>
void basic_bounded_set<A, E>::drop_expired(std::vector<id_type>& gone, MayGo& may_go)
{
    if constexpr (expiring_eviction<E>) {
        std::vector<id_type> in_use;
        while (auto const id = eviction_.expire())
            if (may_go(*id))
                drop(*id, gone);
            else
                in_use.push_back(*id);
        for (auto const& id : in_use)
            eviction_.insert(id, entries_.find(id)->second.cost);
    }
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
template<class MayGo>
bool basic_bounded_set<A, E>::insert(id_type const& id, entry_cost cost, std::vector<id_type>& gone, MayGo may_go)
{
    drop_expired(gone, may_go);
    if (contains(id))
        return true;
    if (cost.bytes > budget_ || !admission_.admits(id, cost))
        return false;
    std::vector<id_type> victims;
    std::vector<id_type> kept;
    auto room = budget_ - std::min(budget_, bytes_);
    bool is_preferred = true;
    while (is_preferred && room < cost.bytes) {
        auto const victim = next_victim();
        if (!victim)
            break;
        if (!may_go(*victim)) {
            kept.push_back(*victim);
            continue;
        }
        victims.push_back(*victim);
        room += entries_.find(*victim)->second.cost.bytes;
        is_preferred = admission_.prefers(id, *victim);
    }
    bool const fits = is_preferred && room >= cost.bytes;
    for (auto const& victim : victims)
        if (fits)
            drop(victim, gone);
        else
            spare(victim);
    for (auto const& other : kept)
        spare(other);
    if (fits)
        place(id, cost);
    return fits;
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
void basic_bounded_set<A, E>::place(id_type const& id, entry_cost cost)
{
    if (!entries_.try_emplace(id, entry{cost}).second)
        return;
    bytes_ += cost.bytes;
    eviction_.insert(id, cost);
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
template<class MayGo>
void basic_bounded_set<A, E>::trim(std::vector<id_type>& gone, MayGo may_go)
{
    drop_expired(gone, may_go);
    std::vector<id_type> kept;
    while (bytes_ > budget_) {
        auto const victim = next_victim();
        if (!victim)
            break;
        if (may_go(*victim))
            drop(*victim, gone);
        else
            kept.push_back(*victim);
    }
    for (auto const& id : kept)
        spare(id);
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
void basic_bounded_set<A, E>::give_up(id_type const& id)
{
    if (!contains(id))
        return;
    if (auto const chosen = next_victim(); chosen && *chosen != id)
        spare(*chosen);
    else if (chosen)
        spare(id);
    erase(id);
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
void basic_bounded_set<A, E>::erase(id_type const& id)
{
    auto const known = entries_.find(id);
    if (known == entries_.end())
        return;
    if (known->second.is_spared)
        spared_.erase(std::find(spared_.begin(), spared_.end(), id));
    else
        eviction_.erase(id);
    bytes_ -= known->second.cost.bytes;
    entries_.erase(known);
}

template<cache_admission A, cache_eviction E>
    requires std::same_as<typename A::id_type, typename E::id_type>
void basic_bounded_set<A, E>::clear()
{
    while (!entries_.empty()) {
        auto const id = entries_.begin()->first;
        erase(id);
    }
}
}  // namespace acrx
#endif
