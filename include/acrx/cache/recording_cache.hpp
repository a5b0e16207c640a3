// The layer cache that notes which steps went through it.
#ifndef ACRX_CACHE_RECORDING_CACHE_HPP
#define ACRX_CACHE_RECORDING_CACHE_HPP

#include <acrx/cache/cache_image.hpp>
#include <acrx/cache/key_policy.hpp>
#include <acrx/cache/layer_cache.hpp>

#include <map>
#include <utility>
#include <vector>

namespace acrx {
/// Keeps in mind what a build has found and stored: what another machine would want to know.
///
/// @tparam Cache  that is asked
template<layer_cache Cache>
class basic_recording_cache
{
public:
    explicit basic_recording_cache(Cache cache) : cache_(std::move(cache)) {}

    net::awaitable<std::optional<cached_step>> find(digest key);
    net::awaitable<void> store(digest key, cached_step step);

    /// The steps found or stored so far, in no particular order; of one key the latest.
    std::vector<cache_entry> recorded() const;
    digest key_of(step_facts const& facts) const { return acrx::key_of(cache_, facts); }
    Cache& inner() noexcept { return cache_; }

private:
    [[no_unique_address]] Cache cache_;
    std::map<digest, cached_step> seen_;
};
}  // namespace acrx

#include <acrx/cache/impl/recording_cache.hpp>
#endif
