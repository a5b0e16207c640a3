// Rejects a key policy without a name.
#include <support/archetypes/key_policy.hpp>

namespace acrx::testing {
struct model : key_policy_archetype
{
#if defined(ACRX_REJECT)
    int name() const;
#endif
};

template<key_policy Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
