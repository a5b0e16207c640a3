// Rejects a layer cache that stores in the background.
#include <support/archetypes/layer_cache.hpp>

namespace acrx::testing {
struct model : layer_cache_archetype
{
#if defined(ACRX_REJECT)
    void store(digest const& key, cached_step const& s);
#endif
};

template<layer_cache Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
