// Rejects a cache eviction that cannot be moved.
#include <support/archetypes/cache_eviction.hpp>

namespace acrx::testing {
struct model : cache_eviction_archetype
{
#if defined(ACRX_REJECT)
    model(model&&) = delete;
#endif
};

template<cache_eviction Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
