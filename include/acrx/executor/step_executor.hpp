// The concept of what runs steps, on this machine or elsewhere.
#ifndef ACRX_EXECUTOR_STEP_EXECUTOR_HPP
#define ACRX_EXECUTOR_STEP_EXECUTOR_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/executor/step_spec.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <vector>

namespace acrx {
/// Names one attempt of one step: `RUN/STEP/ATTEMPT`, of letters, digits, `.`, `_` and `-` between the slashes.
using step_key = std::string;

/// Where a submitted step stands.
struct step_state
{
    enum class phase
    {
        queued,
        running,
        exited,
        lost  ///< it ended, or its engine forgot it, without a completion record
    };
    phase now = phase::queued;
    int code = 0;            ///< exit status when exited; 128 + number for a signal, as shells say it
    bool timed_out = false;  ///< it was killed because its time was up
    bool out_of_memory = false;  ///< the kernel killed a process of it because its memory was used up
};

/// A piece of a step's output.
struct step_output
{
    std::string bytes;   ///< from the offset asked for; at most some 64 KiB
    bool ended = false;  ///< nothing will follow these bytes
};

/// A type that runs steps, asynchronously and so that repeating a call does no harm.
///
/// | for `E e`, `step_spec spec`, `step_key key`, offset, grace, prefix | is | means |
/// |---|---|---|
/// | `e.submit(spec, key)`  | `awaitable<void>` | starts the step; a second submission of one key starts nothing |
/// | `e.observe(key)`       | `awaitable<step_state>` | where it stands now |
/// | `e.log(key, offset)`   | `awaitable<step_output>` | its output from a byte on; waits until there is some, or it ended |
/// | `e.cancel(key, grace)` | `awaitable<void>` | SIGTERM, then after `grace` SIGKILL to all its processes; returns when they are gone |
/// | `e.list(prefix)`       | `awaitable<std::vector<step_key>>` | the keys that begin so and have not been forgotten |
/// | `e.forget(key)`        | `awaitable<void>` | drops its log and record |
///
/// `submit` throws when the step cannot be started at all; that the program fails is a status. Every wait stops soon when
/// cancelled, and that leaves the step as it is. The end of a step is believed from its completion record only.
template<class E>
concept step_executor = std::movable<E>
                        && requires(E e, step_spec spec, step_key key, std::uint64_t offset,
                                    std::chrono::milliseconds grace, std::string prefix) {
                               { e.submit(spec, key) } -> awaits_to<void>;
                               { e.observe(key) } -> awaits_to<step_state>;
                               { e.log(key, offset) } -> awaits_to<step_output>;
                               { e.cancel(key, grace) } -> awaits_to<void>;
                               { e.list(prefix) } -> awaits_to<std::vector<step_key>>;
                               { e.forget(key) } -> awaits_to<void>;
                           };
}  // namespace acrx
#endif
