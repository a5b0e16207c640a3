// Rejects a snapshotter that cannot be stopped while it looks for changes.
#include <support/archetypes/snapshotter.hpp>

namespace acrx::testing {
struct model : snapshotter_archetype
{
#if defined(ACRX_REJECT)
    std::vector<layer_item> changes(root_filesystem const& root, root_view const& below);
#endif
};

template<snapshotter Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
