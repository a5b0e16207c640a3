// Rejects a cache eviction that does not know how many entries it holds.
#include <support/archetypes/cache_eviction.hpp>

namespace acrx::testing {
struct model : cache_eviction_archetype
{
#if defined(ACRX_REJECT)
    std::size_t size();
#endif
};

template<cache_eviction Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
