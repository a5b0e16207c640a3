// Rejects a step executor that has no offset to resume a log from.
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
struct model : step_executor_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<step_output> log(step_key const& key);
#endif
};

template<step_executor Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
