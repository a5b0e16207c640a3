// Rejects a clock that cannot be copied.
#include <support/archetypes/clock.hpp>

namespace acrx::testing {
struct model : clock_archetype
{
#if defined(ACRX_REJECT)
    model(model const&) = delete;
#endif
};

template<clock Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
