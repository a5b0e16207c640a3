// Rejects a registry client that pushes a path without knowing its content.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
struct model : registry_client_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<void> push_blob(reference const& ref, std::filesystem::path const& b);
#endif
};

template<registry_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
