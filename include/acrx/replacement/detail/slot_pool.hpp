// Entries in slots of one array, found by id and linked into lists: no allocation for each of them.
#ifndef ACRX_REPLACEMENT_DETAIL_SLOT_POOL_HPP
#define ACRX_REPLACEMENT_DETAIL_SLOT_POOL_HPP

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace acrx::detail {
using slot_index = std::uint32_t;
inline constexpr slot_index no_slot = ~slot_index{0};

/// The ends of a doubly linked list of slots.
struct slot_list
{
    slot_index front = no_slot;
    slot_index back = no_slot;
    std::size_t size = 0;
};

/// All operations are O(1). A slot stays where it is until it is released.
template<class Id, class Mark>
class slot_pool
{
public:
    struct slot
    {
        Id id{};
        Mark mark{};
        slot_index before = no_slot;  ///< towards the front
        slot_index after = no_slot;   ///< towards the back; of a free slot the next free one
    };

    slot& operator[](slot_index i) { return slots_[i]; }
    std::size_t size() const noexcept { return places_.size(); }
    /// `no_slot` if there is none.
    slot_index find(Id const& id) const
    {
        auto const found = places_.find(id);
        return found == places_.end() ? no_slot : found->second;
    }
    slot_index take(Id const& id);
    void release(slot_index i);
    void push_front(slot_list& list, slot_index i);
    void unlink(slot_list& list, slot_index i);
    void move_to_front(slot_list& list, slot_index i)
    {
        unlink(list, i);
        push_front(list, i);
    }

private:
    std::vector<slot> slots_;
    std::unordered_map<Id, slot_index> places_;
    slot_index free_ = no_slot;
};

template<class Id, class Mark>
slot_index slot_pool<Id, Mark>::take(Id const& id)
{
    auto i = free_;
    if (i == no_slot) {
        i = static_cast<slot_index>(slots_.size());
        slots_.emplace_back();
    } else {
        free_ = slots_[i].after;
        slots_[i] = slot();
    }
    slots_[i].id = id;
    [[maybe_unused]] bool const is_new = places_.emplace(id, i).second;
    assert(is_new);
    return i;
}

template<class Id, class Mark>
void slot_pool<Id, Mark>::release(slot_index i)
{
    places_.erase(slots_[i].id);
    slots_[i].after = std::exchange(free_, i);
}

template<class Id, class Mark>
void slot_pool<Id, Mark>::push_front(slot_list& list, slot_index i)
{
    slots_[i].before = no_slot;
    slots_[i].after = list.front;
    (list.front == no_slot ? list.back : slots_[list.front].before) = i;
    list.front = i;
    ++list.size;
}

template<class Id, class Mark>
void slot_pool<Id, Mark>::unlink(slot_list& list, slot_index i)
{
    auto const [before, after] = std::pair(slots_[i].before, slots_[i].after);
    (before == no_slot ? list.front : slots_[before].after) = after;
    (after == no_slot ? list.back : slots_[after].before) = before;
    --list.size;
}
}  // namespace acrx::detail
#endif
