// The layer cache that asks a fast one before a slow one.
#ifndef ACRX_CACHE_TIERED_CACHE_HPP
#define ACRX_CACHE_TIERED_CACHE_HPP

#include <acrx/cache/key_policy.hpp>
#include <acrx/cache/layer_cache.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <utility>

namespace acrx {
/// Says whether a step that was found is worth anything: whether its blob can be had.
using step_filter = std::function<bool(cached_step const&)>;

/// A step is stored in both tiers at once.
struct write_through
{
    static constexpr bool is_deferred = false;
};
/// A step goes to the slow tier when it is flushed: what is stored twice before goes there once.
struct write_back
{
    static constexpr bool is_deferred = true;
};

/// A type that says when the slow tier gets a step: its `is_deferred` is a constant `bool`.
/// @see write_through, write_back
template<class W>
concept tier_write = std::movable<W> && std::same_as<decltype(W::is_deferred), bool const>;

/// Finds in the fast cache, then in the slow one, and copies what it found there to the fast one; stores in both.
///
/// @tparam Fast, Slow  of two tiers; either may be tiered itself
/// @tparam Write       when the slow one gets what is stored
template<layer_cache Fast, layer_cache Slow, tier_write Write = write_through>
class basic_tiered_cache
{
public:
    /// @param is_usable  what it refuses is a miss of its tier; empty refuses nothing
    explicit basic_tiered_cache(Fast fast, Slow slow, step_filter is_usable = {}, Write = {})
        : fast_(std::move(fast)), slow_(std::move(slow)), is_usable_(std::move(is_usable))
    {}

    net::awaitable<std::optional<cached_step>> find(digest key);
    /// @throws error if one of the two cannot store it; the fast one is asked first
    net::awaitable<void> store(digest key, cached_step step);
    /// Stores in the slow cache what it does not have yet; needed with `write_back` alone.
    /// @return steps that were stored @throws error if it cannot store one; that and those after it can be flushed again
    net::awaitable<std::size_t> flush();
    /// Steps that a flush would store.
    std::size_t pending() const noexcept { return pending_.size(); }

    /// As of the fast cache.
    digest key_of(step_facts const& facts) const { return acrx::key_of(fast_, facts); }
    Fast& fast() noexcept { return fast_; }
    Slow& slow() noexcept { return slow_; }

private:
    bool is_hit(std::optional<cached_step> const& found) const { return found && (!is_usable_ || is_usable_(*found)); }

    [[no_unique_address]] Fast fast_;
    [[no_unique_address]] Slow slow_;
    step_filter is_usable_;
    std::map<digest, cached_step> pending_;
};
}  // namespace acrx

#include <acrx/cache/impl/tiered_cache.hpp>
#endif
