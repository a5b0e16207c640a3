// Bodies of replacement/queue_eviction.hpp.
#ifndef ACRX_REPLACEMENT_IMPL_QUEUE_EVICTION_HPP
#define ACRX_REPLACEMENT_IMPL_QUEUE_EVICTION_HPP
#include <acrx/replacement/queue_eviction.hpp>

namespace acrx {
namespace detail {
/// Takes an entry out of a queue. @return its id
template<class Pool>
auto take_out(Pool& slots, slot_list& queue, slot_index i)
{
    auto id = slots[i].id;
    slots.unlink(queue, i);
    slots.release(i);
    return id;
}

template<class Id>
void single_queue<Id>::erase(Id const& id)
{
    if (auto const i = slots_.find(id); i != no_slot)
        take_out(slots_, queue_, i);
}

template<class Id>
std::optional<Id> single_queue<Id>::evict()
{
    if (queue_.size == 0)
        return std::nullopt;
    return take_out(slots_, queue_, queue_.back);
}
}  // namespace detail

template<class Id>
void sieve_eviction<Id>::remove(detail::slot_index i)
{
    if (hand_ == i)
        hand_ = slots_[i].before;
    detail::take_out(slots_, queue_, i);
}

template<class Id>
void sieve_eviction<Id>::erase(Id const& id)
{
    if (auto const i = slots_.find(id); i != detail::no_slot)
        remove(i);
}

template<class Id>
std::optional<Id> sieve_eviction<Id>::evict()
{
    if (queue_.size == 0)
        return std::nullopt;
    auto at = hand_ == detail::no_slot ? queue_.back : hand_;
    while (slots_[at].mark) {
        slots_[at].mark = false;
        at = slots_[at].before == detail::no_slot ? queue_.back : slots_[at].before;
    }
    auto const id = slots_[at].id;
    hand_ = at;
    remove(at);
    return id;
}

template<class Id>
Id s3_fifo_eviction<Id>::remove(detail::slot_list& queue, detail::slot_index i)
{
    return detail::take_out(slots_, queue, i);
}

template<class Id>
void s3_fifo_eviction<Id>::insert(Id const& id, entry_cost)
{
    auto const i = slots_.take(id);
    auto const name = names_.find(id);
    slots_[i].mark.is_main = name != detail::no_slot;
    if (name != detail::no_slot)
        detail::take_out(names_, name_queue_, name);
    slots_.push_front(slots_[i].mark.is_main ? main_ : small_, i);
}

template<class Id>
void s3_fifo_eviction<Id>::touch(Id const& id)
{
    auto& uses = slots_[slots_.find(id)].mark.uses;
    uses = std::min<std::uint8_t>(3, static_cast<std::uint8_t>(uses + 1));
}

template<class Id>
void s3_fifo_eviction<Id>::erase(Id const& id)
{
    if (auto const i = slots_.find(id); i != detail::no_slot)
        remove(slots_[i].mark.is_main ? main_ : small_, i);
}

template<class Id>
void s3_fifo_eviction<Id>::keep_name(Id const& id)
{
    names_.push_front(name_queue_, names_.take(id));
    while (name_queue_.size > std::max<std::size_t>(1, main_.size))
        detail::take_out(names_, name_queue_, name_queue_.back);
}

template<class Id>
std::optional<Id> s3_fifo_eviction<Id>::evict_small()
{
    while (small_.size > 0) {
        auto const i = small_.back;
        if (slots_[i].mark.uses <= 1) {
            auto id = remove(small_, i);
            keep_name(id);
            return id;
        }
        slots_.unlink(small_, i);
        slots_[i].mark = {0, true};
        slots_.push_front(main_, i);
    }
    return std::nullopt;
}

template<class Id>
std::optional<Id> s3_fifo_eviction<Id>::evict_main()
{
    while (main_.size > 0) {
        auto const i = main_.back;
        if (slots_[i].mark.uses == 0)
            return remove(main_, i);
        --slots_[i].mark.uses;
        slots_.move_to_front(main_, i);
    }
    return std::nullopt;
}

template<class Id>
std::optional<Id> s3_fifo_eviction<Id>::evict()
{
    if (small_.size * 10 >= size() || main_.size == 0)
        if (auto id = evict_small())
            return id;
    return evict_main();
}
}  // namespace acrx
#endif
