// The concept of what remembers the layer that a step made.
#ifndef ACRX_CACHE_LAYER_CACHE_HPP
#define ACRX_CACHE_LAYER_CACHE_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <concepts>
#include <optional>

namespace acrx {
/// The result of a step.
struct cached_step
{
    packed_layer layer;
    time_point created{};  ///< when the step was first run: a cached rebuild gives the same image to the bit
    std::optional<reference> origin = {};  ///< a repository that holds the blob, if one is known
    double seconds = 0;    ///< that the step took when it was run; 0 if that is not known

    bool operator==(cached_step const&) const = default;
};

/// A type that maps the key of a step to its result.
///
/// | for `C c`, `digest key`, `cached_step s` | is                                      | means                        |
/// |------------------------------------------|-----------------------------------------|------------------------------|
/// | `c.find(key)`                            | `awaitable<std::optional<cached_step>>` | the result; nothing on a miss |
/// | `c.store(key, s)`                        | `awaitable<void>`                       | remembers it; may decline    |
///
/// A key is the digest of everything that decides a step's result, so an entry never becomes wrong. The blob of the
/// layer is kept elsewhere: on this machine or at its origin, and may be gone from both. A damaged entry is a miss. Both may be called again, by several processes.
template<class C>
concept layer_cache = std::movable<C> && requires(C c, digest key, cached_step s) {
    { c.find(key) } -> awaits_to<std::optional<cached_step>>;
    { c.store(key, s) } -> awaits_to<void>;
};
}  // namespace acrx
#endif
