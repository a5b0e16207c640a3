// Models that each break one requirement of the concept key_policy; beside each what the message must name.
#include <support/archetypes/key_policy.hpp>

namespace acrx::testing {
template<key_policy Model>
struct user
{};

// Rejects a key policy without a name.
struct wrong_name : key_policy_archetype
{
    int name() const;
};
using rejects_name = user<wrong_name>;  // k\.name\(\)

// Rejects a key policy that makes no digest.
struct wrong_key : key_policy_archetype
{
    std::string key(step_facts const& facts) const;
};
using rejects_key = user<wrong_key>;  // k\.key\(facts\)

// Rejects a key policy that does not say whether it is exact.
struct wrong_is_exact : key_policy_archetype
{
    void is_exact() const;
};
using rejects_is_exact = user<wrong_is_exact>;  // k\.is_exact\(\)
}  // namespace acrx::testing
