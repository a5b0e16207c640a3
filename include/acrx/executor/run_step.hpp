// Runs one step from start to end on any executor.
#ifndef ACRX_EXECUTOR_RUN_STEP_HPP
#define ACRX_EXECUTOR_RUN_STEP_HPP

#include <acrx/executor/step_executor.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <concepts>
#include <string_view>

namespace acrx {
/// Submits a step, hands its output on as it comes, and waits for its end.
///
/// @param spec   must stay valid while this is awaited; its time limit is the executor's to keep
/// @param sink   called with each piece of the output, in order
/// @param grace  what a cancelled step has between SIGTERM and SIGKILL
/// @return       how it ended: exited, also when its time was up, or lost
/// @throws error if it cannot be started
///
/// When the caller is cancelled, or `sink` throws, the step is cancelled, and only when its processes are gone that
/// is rethrown. The step's log and record stay until `executor.forget(key)`.
template<step_executor E, std::invocable<std::string_view> Sink>
net::awaitable<step_state> run_step(E& executor, step_spec const& spec, step_key key, Sink sink,
                                    std::chrono::milliseconds grace = std::chrono::seconds(2));
}  // namespace acrx

#include <acrx/executor/impl/run_step.hpp>
#endif
