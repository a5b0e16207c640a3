// The concept of where a layer cache with a budget keeps its entries.
#ifndef ACRX_CACHE_STEP_STORAGE_HPP
#define ACRX_CACHE_STEP_STORAGE_HPP

#include <acrx/cache/layer_cache.hpp>
#include <acrx/replacement/cache_eviction.hpp>

#include <concepts>
#include <span>
#include <vector>

namespace acrx {
/// Something that happened to a cache: enough of these, in their order, and everybody knows what is in it.
struct cache_event
{
    enum class kind : char
    {
        used = 'U',       ///< asked for, found or not
        stored = 'S',     ///< came in
        given_up = 'G',   ///< had to go
        forgotten = 'F',  ///< all that was said before does not count
    };
    kind what = kind::used;
    digest key = {};
    digest blob = {};      ///< of what was stored
    entry_cost cost = {};  ///< of what was stored
};

/// A type that keeps the entries of a cache which others may share.
///
/// | for `S s`, `digest key`, `cached_step step`, `S::turn turn` | is | means |
/// |---|---|---|
/// | `s.find(key)`        | `awaitable<std::optional<cached_step>>` | as of a layer cache; what is found cannot be erased by others for now |
/// | `s.store(key, step)` | `awaitable<void>` | as of a layer cache; the same holds |
/// | `s.enter()`          | an `S::turn` | waits to be alone among all who share the storage |
/// | `turn.news()`        | `std::vector<cache_event>` | what others wrote since the last turn of this object |
/// | `turn.write(events)` |              | tells the others |
/// | `turn.is_used(key)`  | `bool`       | whether somebody uses the entry now |
/// | `turn.erase(key)`    | `bool`       | takes the entry out with its bytes; false if somebody uses it now |
/// | `s.release()`        |              | nothing that was found or stored is in use any longer |
///
/// A turn is short and ends with its object.
/// @see local_storage, memory_storage
template<class S>
concept step_storage =
    layer_cache<S> && requires(S s, digest key, std::span<cache_event const> events, typename S::turn turn) {
        { s.enter() } -> std::same_as<typename S::turn>;
        { turn.news() } -> std::same_as<std::vector<cache_event>>;
        turn.write(events);
        { turn.is_used(key) } -> std::same_as<bool>;
        { turn.erase(key) } -> std::same_as<bool>;
        s.release();
    };
}  // namespace acrx
#endif
