// Evictions that keep entries in queues: first in first out, least recently used, SIEVE, S3-FIFO.
#ifndef ACRX_REPLACEMENT_QUEUE_EVICTION_HPP
#define ACRX_REPLACEMENT_QUEUE_EVICTION_HPP

#include <acrx/replacement/cache_eviction.hpp>
#include <acrx/replacement/detail/slot_pool.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace acrx {
namespace detail {
/// One queue, newest first, that gives up its end.
template<class Id>
class single_queue
{
public:
    using id_type = Id;
    void insert(Id const& id, entry_cost) { slots_.push_front(queue_, slots_.take(id)); }
    void erase(Id const& id);
    std::optional<Id> evict();
    std::size_t size() const noexcept { return slots_.size(); }

protected:
    struct no_mark
    {};
    slot_pool<Id, no_mark> slots_;
    slot_list queue_;
};
}  // namespace detail

/// Gives up the entry that came in first.
template<class Id>
class fifo_eviction : public detail::single_queue<Id>
{
public:
    void touch(Id const&) {}
};

/// Gives up the entry that was not used for the longest time.
template<class Id>
class lru_eviction : public detail::single_queue<Id>
{
public:
    void touch(Id const& id) { this->slots_.move_to_front(this->queue_, this->slots_.find(id)); }
};

/// SIEVE (Zhang et al., NSDI 2024): a hand goes from the oldest entry to the newest and over again, spares once what
/// was used since it came by, and gives up the first that was not. Entries never move.
template<class Id>
class sieve_eviction
{
public:
    using id_type = Id;
    void insert(Id const& id, entry_cost) { slots_.push_front(queue_, slots_.take(id)); }
    void touch(Id const& id) { slots_[slots_.find(id)].mark = true; }
    void erase(Id const& id);
    std::optional<Id> evict();
    std::size_t size() const noexcept { return slots_.size(); }

private:
    void remove(detail::slot_index i);

    detail::slot_pool<Id, bool> slots_;  ///< the mark: used since the hand came by
    detail::slot_list queue_;
    detail::slot_index hand_ = detail::no_slot;  ///< where to go on; else at the oldest
};

/// S3-FIFO (Yang et al., SOSP 2023): a small queue for newcomers, a main queue for what was used there, and the names of
/// those that left the small queue unused, which go to the main queue if they come back. The small queue is a tenth of
/// the entries, and as many names are kept as there are entries in the main queue.
template<class Id>
class s3_fifo_eviction
{
public:
    using id_type = Id;
    void insert(Id const& id, entry_cost);
    void touch(Id const& id);
    void erase(Id const& id);
    std::optional<Id> evict();
    std::size_t size() const noexcept { return slots_.size(); }

private:
    struct use_mark
    {
        std::uint8_t uses = 0;  ///< up to 3
        bool is_main = false;
    };
    struct no_mark
    {};
    std::optional<Id> evict_small();
    std::optional<Id> evict_main();
    Id remove(detail::slot_list& queue, detail::slot_index i);
    void keep_name(Id const& id);

    detail::slot_pool<Id, use_mark> slots_;
    detail::slot_list small_;
    detail::slot_list main_;
    detail::slot_pool<Id, no_mark> names_;
    detail::slot_list name_queue_;
};
}  // namespace acrx

#include <acrx/replacement/impl/queue_eviction.hpp>
#endif
