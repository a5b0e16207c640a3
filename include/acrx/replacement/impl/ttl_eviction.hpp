// Bodies of replacement/ttl_eviction.hpp.
#ifndef ACRX_REPLACEMENT_IMPL_TTL_EVICTION_HPP
#define ACRX_REPLACEMENT_IMPL_TTL_EVICTION_HPP
#include <acrx/replacement/ttl_eviction.hpp>

namespace acrx {
template<class Id, clock Clock>
void ttl_eviction<Id, Clock>::insert(Id const& id, entry_cost)
{
    auto const i = slots_.take(id);
    slots_[i].mark = clock_.now();
    slots_.push_front(queue_, i);
}

template<class Id, clock Clock>
void ttl_eviction<Id, Clock>::touch(Id const& id)
{
    auto const i = slots_.find(id);
    slots_[i].mark = clock_.now();
    slots_.move_to_front(queue_, i);
}

template<class Id, clock Clock>
void ttl_eviction<Id, Clock>::erase(Id const& id)
{
    auto const i = slots_.find(id);
    if (i == detail::no_slot)
        return;
    slots_.unlink(queue_, i);
    slots_.release(i);
}

template<class Id, clock Clock>
Id ttl_eviction<Id, Clock>::take_oldest()
{
    auto id = slots_[queue_.back].id;
    erase(id);
    return id;
}

template<class Id, clock Clock>
std::optional<Id> ttl_eviction<Id, Clock>::evict()
{
    return queue_.size == 0 ? std::nullopt : std::optional<Id>(take_oldest());
}

template<class Id, clock Clock>
std::optional<Id> ttl_eviction<Id, Clock>::expire()
{
    if (queue_.size == 0 || clock_.now() - slots_[queue_.back].mark < life_)
        return std::nullopt;
    return take_oldest();
}
}  // namespace acrx
#endif
