// Bodies of cache/tiered_cache.hpp.
#ifndef ACRX_CACHE_IMPL_TIERED_CACHE_HPP
#define ACRX_CACHE_IMPL_TIERED_CACHE_HPP
#include <acrx/cache/tiered_cache.hpp>

namespace acrx {
template<layer_cache Fast, layer_cache Slow, tier_write Write>
net::awaitable<std::optional<cached_step>> basic_tiered_cache<Fast, Slow, Write>::find(digest key)
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

template<layer_cache Fast, layer_cache Slow, tier_write Write>
net::awaitable<void> basic_tiered_cache<Fast, Slow, Write>::store(digest key, cached_step step)
{
    co_await fast_.store(key, step);
    if constexpr (Write::is_deferred)
        pending_.insert_or_assign(std::move(key), std::move(step));
    else
        co_await slow_.store(std::move(key), std::move(step));
}

template<layer_cache Fast, layer_cache Slow, tier_write Write>
net::awaitable<std::size_t> basic_tiered_cache<Fast, Slow, Write>::flush()
{
    std::size_t stored = 0;
    while (!pending_.empty()) {
        auto const first = *pending_.begin();
        co_await slow_.store(first.first, first.second);
        pending_.erase(first.first);
        ++stored;
    }
    co_return stored;
}
}  // namespace acrx
#endif
