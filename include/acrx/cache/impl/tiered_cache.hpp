// Bodies of cache/tiered_cache.hpp.
#ifndef ACRX_CACHE_IMPL_TIERED_CACHE_HPP
#define ACRX_CACHE_IMPL_TIERED_CACHE_HPP
#include <acrx/cache/tiered_cache.hpp>

namespace acrx {
template<layer_cache Fast, layer_cache Slow>
net::awaitable<std::optional<cached_step>> basic_tiered_cache<Fast, Slow>::find(digest key)
{
    auto near = co_await fast_.find(key);
    if (is_hit(near))
        co_return near;
    auto far = co_await slow_.find(key);
    if (!is_hit(far))
        co_return std::nullopt;
    co_await fast_.store(key, *far);
    co_return far;
}

template<layer_cache Fast, layer_cache Slow>
net::awaitable<void> basic_tiered_cache<Fast, Slow>::store(digest key, cached_step step)
{
    co_await fast_.store(key, step);
    co_await slow_.store(key, step);
}
}  // namespace acrx
#endif
