// The smallest type that is a key policy: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_KEY_POLICY_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_KEY_POLICY_HPP
#include <acrx/cache/key_policy.hpp>

namespace acrx::testing {
/// Has the members that the concept names and no others; nothing is defined.
struct key_policy_archetype
{
    std::string_view name() const;
    digest key(step_facts const& facts) const;
    bool is_exact() const;
};
static_assert(key_policy<key_policy_archetype>);
}  // namespace acrx::testing
#endif
