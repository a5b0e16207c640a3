// Rejects a step executor that cancels without a time of grace.
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
struct model : step_executor_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<void> cancel(step_key const& key);
#endif
};

template<step_executor Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
