// Rejects a registry client that does not say whether the blob was mounted.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
struct model : registry_client_archetype
{
#if defined(ACRX_REJECT)
    net::awaitable<void> mount_blob(reference const& ref, descriptor const& d, std::string const& from);
#endif
};

template<registry_client Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
