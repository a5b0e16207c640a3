// Bodies of cache/recording_cache.hpp.
#ifndef ACRX_CACHE_IMPL_RECORDING_CACHE_HPP
#define ACRX_CACHE_IMPL_RECORDING_CACHE_HPP
#include <acrx/cache/recording_cache.hpp>

namespace acrx {
template<layer_cache Cache>
net::awaitable<std::optional<cached_step>> basic_recording_cache<Cache>::find(digest key)
{
    auto found = co_await cache_.find(key);
    if (found)
        seen_.insert_or_assign(std::move(key), *found);
    co_return found;
}

template<layer_cache Cache>
net::awaitable<void> basic_recording_cache<Cache>::store(digest key, cached_step step)
{
    co_await cache_.store(key, step);
    seen_.insert_or_assign(std::move(key), std::move(step));
}

template<layer_cache Cache>
std::vector<cache_entry> basic_recording_cache<Cache>::recorded() const
{
    std::vector<cache_entry> entries;
    for (auto const& [key, step] : seen_)
        entries.push_back({key, step});
    return entries;
}
}  // namespace acrx
#endif
