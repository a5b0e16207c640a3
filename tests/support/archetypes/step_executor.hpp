// The smallest type that is a step executor: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_STEP_EXECUTOR_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_STEP_EXECUTOR_HPP
#include <acrx/executor/step_executor.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct step_executor_archetype
{
    step_executor_archetype(step_executor_archetype&&) = default;
    step_executor_archetype& operator=(step_executor_archetype&&) = default;
    net::awaitable<void> submit(step_spec const& spec, step_key const& key);
    net::awaitable<step_state> observe(step_key const& key);
    net::awaitable<step_output> log(step_key const& key, std::uint64_t offset);
    net::awaitable<void> cancel(step_key const& key, std::chrono::milliseconds grace);
    net::awaitable<std::vector<step_key>> list(std::string const& prefix);
    net::awaitable<void> forget(step_key const& key);
};
static_assert(step_executor<step_executor_archetype>);
}  // namespace acrx::testing
#endif
