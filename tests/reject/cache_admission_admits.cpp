// Rejects a cache admission that cannot decline.
#include <support/archetypes/cache_admission.hpp>

namespace acrx::testing {
struct model : cache_admission_archetype
{
#if defined(ACRX_REJECT)
    void admits(int id, entry_cost cost);
#endif
};

template<cache_admission Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
