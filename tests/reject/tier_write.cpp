// Models that each break one requirement of the concept tier_write; beside each what the message must name.
#include <acrx/cache/tiered_cache.hpp>

namespace acrx::testing {
template<tier_write Model>
struct user
{};

struct archetype
{
    static constexpr bool is_deferred = false;
};
static_assert(tier_write<archetype>);

// Rejects a tier write that is neither through nor back.
struct wrong_is_deferred : archetype
{
    static constexpr int is_deferred = 0;
};
using rejects_is_deferred = user<wrong_is_deferred>;  // same_as|is_same
}  // namespace acrx::testing
