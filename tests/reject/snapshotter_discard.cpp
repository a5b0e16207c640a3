// Rejects a snapshotter that may throw while it cleans up.
#include <support/archetypes/snapshotter.hpp>

namespace acrx::testing {
struct model : snapshotter_archetype
{
#if defined(ACRX_REJECT)
    void discard(root_filesystem const& root);
#endif
};

template<snapshotter Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
