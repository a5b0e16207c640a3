// The eviction that lets entries go when their time is over.
#ifndef ACRX_REPLACEMENT_TTL_EVICTION_HPP
#define ACRX_REPLACEMENT_TTL_EVICTION_HPP

#include <acrx/core/clock.hpp>
#include <acrx/replacement/cache_eviction.hpp>
#include <acrx/replacement/detail/slot_pool.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <utility>

namespace acrx {
/// An eviction of which entries also go without need.
///
/// | for `E e`    | is                          | means                                                     |
/// |--------------|-----------------------------|-----------------------------------------------------------|
/// | `e.expire()` | `std::optional<E::id_type>` | takes out one whose time is over; nothing if there is none |
template<class E>
concept expiring_eviction = cache_eviction<E> && requires(E e) {
    { e.expire() } -> std::same_as<std::optional<typename E::id_type>>;
};

/// Gives up what was not used for a time, and of a full cache what was not used for the longest time.
///
/// @tparam Clock  that is asked at each use
template<class Id, clock Clock = system_clock>
class ttl_eviction
{
public:
    using id_type = Id;
    explicit ttl_eviction(std::chrono::nanoseconds life, Clock clock = {}) : life_(life), clock_(std::move(clock)) {}

    void insert(Id const& id, entry_cost);
    void touch(Id const& id);
    void erase(Id const& id);
    std::optional<Id> evict();
    std::optional<Id> expire();
    std::size_t size() const noexcept { return slots_.size(); }

private:
    Id take_oldest();

    std::chrono::nanoseconds life_;
    [[no_unique_address]] Clock clock_;
    detail::slot_pool<Id, time_point> slots_;  ///< the mark: the last use
    detail::slot_list queue_;
};
}  // namespace acrx

#include <acrx/replacement/impl/ttl_eviction.hpp>
#endif
