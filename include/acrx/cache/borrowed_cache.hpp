// The layer cache that is somebody else's.
#ifndef ACRX_CACHE_BORROWED_CACHE_HPP
#define ACRX_CACHE_BORROWED_CACHE_HPP

#include <acrx/cache/key_policy.hpp>
#include <acrx/cache/layer_cache.hpp>

#include <utility>

namespace acrx {
/// Refers to a cache, for a composition that does not own it.
template<layer_cache Cache>
class borrowed_cache
{
public:
    /// @param cache  must outlive this
    explicit borrowed_cache(Cache& cache) : cache_(&cache) {}

    net::awaitable<std::optional<cached_step>> find(digest key) { return cache_->find(std::move(key)); }
    net::awaitable<void> store(digest key, cached_step step) { return cache_->store(std::move(key), std::move(step)); }
    digest key_of(step_facts const& facts) const { return acrx::key_of(std::as_const(*cache_), facts); }

private:
    Cache* cache_;
};
}  // namespace acrx
#endif
