// How long to wait before a failed request is tried again.
#ifndef ACRX_HTTP_BACK_OFF_HPP
#define ACRX_HTTP_BACK_OFF_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>

#include <chrono>
#include <optional>
#include <random>
#include <string_view>

namespace acrx {
/// Which failures of the network are tried again, and when.
struct retry_policy
{
    int tries = 5;                                       ///< in all; 1 means no second one
    std::chrono::milliseconds base{200};                 ///< before the second try; doubles each time
    std::chrono::milliseconds ceiling{30'000};           ///< no pause is longer
    std::chrono::milliseconds retry_after_ceiling{60'000};  ///< what the server may ask for at most
};

/// Counts the failures of one operation.
class back_off
{
public:
    explicit back_off(retry_policy policy) : policy_(policy), chance_(std::random_device{}()) {}

    /// Counts a failure. @param asked  what the server asked for
    /// @return the pause before the next try; nothing if there is none left
    ACRX_DECL std::optional<std::chrono::milliseconds> next(std::optional<std::chrono::seconds> asked = {});
    /// There was progress: what failed before no longer counts.
    void reset() noexcept { failures_ = 0; }

private:
    retry_policy policy_;
    std::minstd_rand chance_;
    int failures_ = 0;
};

/// Reads `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3); nothing if it is neither.
ACRX_DECL std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, time_point now);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/back_off.ipp>
#endif
#endif
