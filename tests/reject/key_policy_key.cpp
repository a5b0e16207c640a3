// Rejects a key policy that makes no digest.
#include <support/archetypes/key_policy.hpp>

namespace acrx::testing {
struct model : key_policy_archetype
{
#if defined(ACRX_REJECT)
    std::string key(step_facts const& facts) const;
#endif
};

template<key_policy Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
