// A layer cache chosen at run time from a closed list of models.
#ifndef ACRX_CACHE_ANY_CACHE_HPP
#define ACRX_CACHE_ANY_CACHE_HPP

#include <acrx/cache/key_policy.hpp>
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
    /// What the steps of this cache are known by; their content, if it does not say.
    digest key_of(step_facts const& facts) const
    {
        return std::visit([&](auto const& cache) { return acrx::key_of(cache, facts); }, chosen_);
    }
    /// Ends a build, for a cache that wants to know.
    std::size_t release()
    {
        return std::visit([](auto& cache) { return acrx::release(cache); }, chosen_);
    }

private:
    std::variant<Caches...> chosen_;
};
}  // namespace acrx
#endif
