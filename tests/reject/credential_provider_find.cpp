// Rejects a credential provider that blocks its caller.
#include <support/archetypes/credential_provider.hpp>

namespace acrx::testing {
struct model : credential_provider_archetype
{
#if defined(ACRX_REJECT)
    credential find(std::string const& host);
#endif
};

template<credential_provider Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
