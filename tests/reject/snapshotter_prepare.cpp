// Rejects a snapshotter that prepares a bare path.
#include <support/archetypes/snapshotter.hpp>

namespace acrx::testing {
struct model : snapshotter_archetype
{
#if defined(ACRX_REJECT)
    std::filesystem::path prepare(std::span<digest const> layers);
#endif
};

template<snapshotter Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
