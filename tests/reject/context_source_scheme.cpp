// Rejects a context source that has no name for locations.
#include <support/archetypes/context_source.hpp>

namespace acrx::testing {
struct model : context_source_archetype
{
#if defined(ACRX_REJECT)
    static constexpr int scheme = 0;
#endif
};

template<context_source Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
