// Rejects a snapshotter that does not know what it holds.
#include <support/archetypes/snapshotter.hpp>

namespace acrx::testing {
struct model : snapshotter_archetype
{
#if defined(ACRX_REJECT)
    void contains(digest const& id) const;
#endif
};

template<snapshotter Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
