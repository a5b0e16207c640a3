// Rejects a step executor that names its steps itself.
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
struct model : step_executor_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<step_key> submit(step_spec const& spec);
#endif
};

template<step_executor Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
