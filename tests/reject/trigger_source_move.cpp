// Rejects a trigger source that cannot be moved.
#include <support/archetypes/trigger_source.hpp>

namespace acrx::testing {
struct model : trigger_source_archetype
{
#if defined(ACRX_REJECT)
    model(model&&) = delete;
#endif
};

template<trigger_source Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
