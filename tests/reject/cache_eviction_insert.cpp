// Rejects a cache eviction that does not want to know what an entry costs.
#include <support/archetypes/cache_eviction.hpp>

namespace acrx::testing {
struct model : cache_eviction_archetype
{
#if defined(ACRX_REJECT)
    void insert(int id);
#endif
};

template<cache_eviction Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
