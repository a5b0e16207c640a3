// Rejects a registry client that cannot be moved.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
struct model : registry_client_archetype
{
#if defined(ACRX_REJECT)
    model(model&&) = delete;
#endif
};

template<registry_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
