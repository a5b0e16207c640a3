// Rejects a step executor that lists without a prefix.
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
struct model : step_executor_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<std::vector<step_key>> list();
#endif
};

template<step_executor Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
