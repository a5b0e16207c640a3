// Rejects a registry client that takes every image to be there.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
struct model : registry_client_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<descriptor> resolve(reference const& ref);
#endif
};

template<registry_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
