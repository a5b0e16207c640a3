// The layer cache that remembers nothing.
#ifndef ACRX_CACHE_NO_CACHE_HPP
#define ACRX_CACHE_NO_CACHE_HPP

#include <acrx/cache/layer_cache.hpp>

namespace acrx {
/// Every step runs, every time.
struct no_cache
{
    net::awaitable<std::optional<cached_step>> find(digest) { co_return std::nullopt; }
    net::awaitable<void> store(digest, cached_step) { co_return; }
};
static_assert(layer_cache<no_cache>);
}  // namespace acrx
#endif
