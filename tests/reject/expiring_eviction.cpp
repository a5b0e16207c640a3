// Models that each break one requirement of the concept expiring_eviction; beside each what the message must name.
#include <acrx/replacement/ttl_eviction.hpp>
#include <support/archetypes/cache_eviction.hpp>

namespace acrx::testing {
template<expiring_eviction Model>
struct user
{};

struct archetype : cache_eviction_archetype
{
    std::optional<id_type> expire();
};
static_assert(expiring_eviction<archetype>);

// Rejects an eviction that does not say what expired.
struct wrong_expire : archetype
{
    void expire();
};
using rejects_expire = user<wrong_expire>;  // e\.expire\(\)
}  // namespace acrx::testing
