// Rejects a cache eviction that always finds something to give up.
#include <support/archetypes/cache_eviction.hpp>

namespace acrx::testing {
struct model : cache_eviction_archetype
{
#if defined(ACRX_REJECT)
    int evict();
#endif
};

template<cache_eviction Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
