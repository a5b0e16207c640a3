// Rejects a credential provider that cannot be moved.
#include <support/archetypes/credential_provider.hpp>

namespace acrx::testing {
struct model : credential_provider_archetype
{
#if defined(ACRX_REJECT)
    model(model&&) = delete;
#endif
};

template<credential_provider Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
