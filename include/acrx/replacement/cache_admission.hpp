// The concept of what decides which entries a cache takes in.
#ifndef ACRX_REPLACEMENT_CACHE_ADMISSION_HPP
#define ACRX_REPLACEMENT_CACHE_ADMISSION_HPP

#include <acrx/replacement/cache_eviction.hpp>

#include <concepts>

namespace acrx {
/// A type that says whether an entry may come into a cache, and at the price of which others.
///
/// | for `A a`, `A::id_type id, other`, `entry_cost cost` | is       | means                                             |
/// |------------------------------------------------------|----------|---------------------------------------------------|
/// | `a.note(id)`                                         |          | the entry was asked for, whether it is there or not |
/// | `a.admits(id, cost)`                                 | a `bool` | whether it may come in if there is room           |
/// | `a.prefers(id, other)`                               | a `bool` | whether it may come in although `other` has to go |
///
/// It knows nothing of what is in the cache. The same calls give the same answers. One thread.
/// @see always_admission, size_admission, cost_admission, tiny_lfu_admission, admission_of_all
template<class A>
concept cache_admission = std::movable<A> && requires(A a, typename A::id_type id, entry_cost cost) {
    a.note(id);
    { a.admits(id, cost) } -> std::same_as<bool>;
    { a.prefers(id, id) } -> std::same_as<bool>;
};
}  // namespace acrx
#endif
