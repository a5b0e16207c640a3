// Rejects a registry client that pushes in the background.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
struct model : registry_client_archetype
{
#if defined(ACRX_REJECT)
    void push_manifest(reference const& ref, manifest_document const& m);
#endif
};

template<registry_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
