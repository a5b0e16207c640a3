// Time as a policy: the system's clock, and one that tests turn by hand.
#ifndef ACRX_CORE_CLOCK_HPP
#define ACRX_CORE_CLOCK_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <concepts>
#include <memory>
#include <string>
#include <string_view>

namespace acrx {
/// Nanoseconds since the Unix epoch, UTC.
using time_point = std::chrono::sys_time<std::chrono::nanoseconds>;

/// A type that tells the time.
///
/// | for `C const& clock` | is             | means               |
/// |----------------------|----------------|---------------------|
/// | `clock.now()`        | a `time_point` | the present, in UTC |
///
/// `now` may be called from any thread and never fails.
template<class C>
concept clock = std::copy_constructible<C> && requires(C const& c) {
    { c.now() } -> std::same_as<time_point>;
};

/// The clock of this machine.
class system_clock
{
public:
    time_point now() const noexcept
    {
        return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
    }
};
static_assert(clock<system_clock>);

/// A clock that stands still until told otherwise; copies share their time. For tests: one thread only.
class manual_clock
{
public:
    explicit manual_clock(time_point start = {}) : now_(std::make_shared<time_point>(start)) {}
    time_point now() const noexcept { return *now_; }
    void set(time_point t) noexcept { *now_ = t; }
    void advance(std::chrono::nanoseconds by) noexcept { *now_ += by; }

private:
    std::shared_ptr<time_point> now_;
};
static_assert(clock<manual_clock>);

/// RFC 3339 in UTC, e.g. `2026-03-01T12:00:00.123456789Z`; the fraction is left out when it is zero.
ACRX_DECL std::string to_rfc3339(time_point t);
/// The inverse; also accepts offsets such as `+02:00`. @throws error (`errc::syntax`)
ACRX_DECL time_point parse_rfc3339(std::string_view text);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/core/impl/clock.ipp>
#endif
#endif
