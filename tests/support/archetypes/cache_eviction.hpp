// The smallest type that is a cache eviction: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_CACHE_EVICTION_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_CACHE_EVICTION_HPP
#include <acrx/replacement/cache_eviction.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct cache_eviction_archetype
{
    using id_type = int;
    cache_eviction_archetype(cache_eviction_archetype&&) = default;
    cache_eviction_archetype& operator=(cache_eviction_archetype&&) = default;
    void insert(int id, entry_cost cost);
    void touch(int id);
    void erase(int id);
    std::optional<int> evict();
    std::size_t size() const;
};
static_assert(cache_eviction<cache_eviction_archetype>);
}  // namespace acrx::testing
#endif
