// Rejects a step executor that forgets in the background.
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
struct model : step_executor_archetype
{
#if defined(ACRX_REJECT)
    void forget(step_key const& key);
#endif
};

template<step_executor Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
