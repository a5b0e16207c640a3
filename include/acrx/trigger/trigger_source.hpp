// The concept of what brings reasons to run: a stream of trigger events.
#ifndef ACRX_TRIGGER_TRIGGER_SOURCE_HPP
#define ACRX_TRIGGER_TRIGGER_SOURCE_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <concepts>
#include <optional>

namespace acrx {
/// A type that tells, one after the other, what fired.
///
/// | for `S source`         | is                                        | means                                      |
/// |------------------------|-------------------------------------------|--------------------------------------------|
/// | `source.next()`        | an `awaitable<optional<trigger_event>>`   | waits for the oldest event that was not    |
/// |                        |                                           | acknowledged; nothing if none will come    |
/// | `source.acknowledge()` | an `awaitable<void>`                      | the event that `next` gave last is durable |
///
/// Without an acknowledgement `next` gives the same event again, so that neither a crash nor a cancelled
/// wait loses one. `next` stops soon when cancelled. At most one of the two is awaited at a time. A source that fails throws from
/// `next`; it may be asked again.
/// @see timer_source, merged_source
template<class S>
concept trigger_source = std::movable<S> && requires(S source) {
    { source.next() } -> awaits_to<std::optional<trigger_event>>;
    { source.acknowledge() } -> awaits_to<void>;
};
}  // namespace acrx
#endif
