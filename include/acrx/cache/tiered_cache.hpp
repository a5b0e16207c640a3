// The layer cache that asks a fast one before a slow one.
#ifndef ACRX_CACHE_TIERED_CACHE_HPP
#define ACRX_CACHE_TIERED_CACHE_HPP

#include <acrx/cache/layer_cache.hpp>

#include <functional>
#include <utility>

namespace acrx {
/// Says whether a step that was found is worth anything: whether its blob can be had.
using step_filter = std::function<bool(cached_step const&)>;

/// Finds in the fast cache, then in the slow one, and copies what it found there to the fast one; stores in both.
///
/// @tparam Fast, Slow  of two tiers; either may be tiered itself
template<layer_cache Fast, layer_cache Slow>
class basic_tiered_cache
{
public:
    /// @param is_usable  what it refuses is a miss of its tier; empty refuses nothing
    explicit basic_tiered_cache(Fast fast, Slow slow, step_filter is_usable = {})
        : fast_(std::move(fast)), slow_(std::move(slow)), is_usable_(std::move(is_usable))
    {}

    net::awaitable<std::optional<cached_step>> find(digest key);
    /// @throws error if one of the two cannot store it; the fast one is asked first
    net::awaitable<void> store(digest key, cached_step step);

    Fast& fast() noexcept { return fast_; }
    Slow& slow() noexcept { return slow_; }

private:
    bool is_hit(std::optional<cached_step> const& found) const { return found && (!is_usable_ || is_usable_(*found)); }

    [[no_unique_address]] Fast fast_;
    [[no_unique_address]] Slow slow_;
    step_filter is_usable_;
};
}  // namespace acrx

#include <acrx/cache/impl/tiered_cache.hpp>
#endif
