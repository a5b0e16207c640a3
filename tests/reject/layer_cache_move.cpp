// Rejects a layer cache that cannot be moved.
#include <support/archetypes/layer_cache.hpp>

namespace acrx::testing {
struct model : layer_cache_archetype
{
#if defined(ACRX_REJECT)
    model(model&&) = delete;
#endif
};

template<layer_cache Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
