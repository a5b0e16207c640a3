// A layer cache chosen at run time from a closed list of models.
#ifndef ACRX_CACHE_ANY_CACHE_HPP
#define ACRX_CACHE_ANY_CACHE_HPP

#include <acrx/cache/layer_cache.hpp>

#include <utility>
#include <variant>

namespace acrx {
/// One of `Caches`: what `--no-cache` needs.
template<layer_cache... Caches>
class any_cache
{
public:
    template<class C>
        requires(std::same_as<C, Caches> || ...)
    any_cache(C chosen) : chosen_(std::move(chosen))
    {}

    net::awaitable<std::optional<cached_step>> find(digest key)
    {
        return std::visit([&](auto& cache) { return cache.find(std::move(key)); }, chosen_);
    }
    net::awaitable<void> store(digest key, cached_step step)
    {
        return std::visit([&](auto& cache) { return cache.store(std::move(key), std::move(step)); }, chosen_);
    }

private:
    std::variant<Caches...> chosen_;
};
}  // namespace acrx
#endif
