// Remembers deliveries for a while, so that each counts once.
#ifndef ACRX_TRIGGER_DELIVERY_LOG_HPP
#define ACRX_TRIGGER_DELIVERY_LOG_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace acrx {
/// A set of keys that forgets: each after `window`, and the oldest when there are more than `capacity`.
/// Keys are ids of deliveries (with the host before them) or `content_key`s; each takes some 200 bytes of memory,
/// however long it is. Not for several threads at once.
class delivery_log
{
public:
    /// @param window    how long a key counts as seen
    /// @param capacity  how many keys are kept; at least 1
    explicit delivery_log(std::chrono::seconds window = std::chrono::hours(72), std::size_t capacity = 100000)
        : window_(window), capacity_(capacity == 0 ? 1 : capacity)
    {}

    /// Enters the key; false if it stands there already. An empty key is always new and is not kept. O(1) on average.
    ACRX_DECL bool enter(std::string_view key, time_point now);
    std::size_t size() const noexcept { return seen_.size(); }

private:
    ACRX_DECL void forget_oldest();

    std::chrono::seconds window_;
    std::size_t capacity_;
    std::unordered_set<digest> seen_;
    std::deque<std::pair<time_point, digest>> order_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/delivery_log.ipp>
#endif
#endif
