// The smallest type that is a layer cache: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_LAYER_CACHE_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_LAYER_CACHE_HPP
#include <acrx/cache/layer_cache.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct layer_cache_archetype
{
    layer_cache_archetype(layer_cache_archetype&&) = default;
    layer_cache_archetype& operator=(layer_cache_archetype&&) = default;
    net::awaitable<std::optional<cached_step>> find(digest const& key);
    net::awaitable<void> store(digest const& key, cached_step const& s);
};
static_assert(layer_cache<layer_cache_archetype>);
}  // namespace acrx::testing
#endif
