// Rejects a snapshotter that unpacks without an index.
#include <support/archetypes/snapshotter.hpp>

namespace acrx::testing {
struct model : snapshotter_archetype
{
#if defined(ACRX_REJECT)
    void unpack(std::filesystem::path const& blob, digest const& id, std::span<digest const> layers,
                std::stop_token const& stop);
#endif
};

template<snapshotter Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
