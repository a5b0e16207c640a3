// Rejects a trigger source whose events cannot be acknowledged.
#include <support/archetypes/trigger_source.hpp>

namespace acrx::testing {
struct model : trigger_source_archetype
{
#if defined(ACRX_REJECT)
    void acknowledge();
#endif
};

template<trigger_source Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
