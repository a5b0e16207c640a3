// Rejects a key policy that does not say whether it is exact.
#include <support/archetypes/key_policy.hpp>

namespace acrx::testing {
struct model : key_policy_archetype
{
#if defined(ACRX_REJECT)
    void is_exact() const;
#endif
};

template<key_policy Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
