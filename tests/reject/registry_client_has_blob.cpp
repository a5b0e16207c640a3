// Rejects a registry client that answers before it has asked.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
struct model : registry_client_archetype
{
#if defined(ACRX_REJECT)
    bool has_blob(reference const& ref, digest const& id);
#endif
};

template<registry_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
