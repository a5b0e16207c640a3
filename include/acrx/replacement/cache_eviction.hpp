// The concept of what chooses the entry that a full cache gives up.
#ifndef ACRX_REPLACEMENT_CACHE_EVICTION_HPP
#define ACRX_REPLACEMENT_CACHE_EVICTION_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace acrx {
/// What an entry takes, and what it saves.
struct entry_cost
{
    std::uint64_t bytes = 0;  ///< of the layer
    double seconds = 0;       ///< that the step took when it was run
};

/// A type that keeps the entries of a cache in the order in which they are to go.
///
/// | for `E e`, `E::id_type id`, `entry_cost cost` | is                            | means                                |
/// |-----------------------------------------------|-------------------------------|--------------------------------------|
/// | `e.insert(id, cost)`                          |                               | the entry came in; it was not there  |
/// | `e.touch(id)`                                 |                               | the entry, which is there, was found |
/// | `e.erase(id)`                                 |                               | the entry is gone; nothing if it was not there |
/// | `e.evict()`                                   | `std::optional<E::id_type>`   | takes out the one to give up; nothing if there is none |
/// | `e.size()`                                    | `std::size_t`                 | entries that are there               |
///
/// It knows nothing of budgets: whoever owns it calls `evict` until what remains fits. The same calls give the same
/// order. One thread.
/// @see fifo_eviction, lru_eviction, sieve_eviction, s3_fifo_eviction, lfu_eviction, gdsf_eviction
template<class E>
concept cache_eviction = std::movable<E> && requires(E e, E const& constant, typename E::id_type id, entry_cost cost) {
    e.insert(id, cost);
    e.touch(id);
    e.erase(id);
    { e.evict() } -> std::same_as<std::optional<typename E::id_type>>;
    { constant.size() } -> std::convertible_to<std::size_t>;
};
}  // namespace acrx
#endif
