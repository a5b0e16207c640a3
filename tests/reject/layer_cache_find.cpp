// Rejects a layer cache that has no way to miss.
#include <support/archetypes/layer_cache.hpp>

namespace acrx::testing {
struct model : layer_cache_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<cached_step> find(digest const& key);
#endif
};

template<layer_cache Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
