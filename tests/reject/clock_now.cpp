// Rejects a clock that tells the time in a unit of its own.
#include <support/archetypes/clock.hpp>

namespace acrx::testing {
struct model : clock_archetype
{
#if defined(ACRX_REJECT)
    std::chrono::sys_seconds now() const;
#endif
};

template<clock Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
